import 'reflect-metadata';
import { X509Crl } from '@peculiar/x509';
import { isZhengwuError } from '@zhengwu/errors';
import type { Site } from '@zhengwu/module';
import type { Opened } from './opened.ts';
import { Signing } from './opened.ts';
import { LIST_HOURS, makeRevocationList } from './revocation-list.ts';
import * as store from './store.ts';
import * as published from './store-published.ts';

/** The job that publishes the revocation list. */
export const PUBLISH = 'certificates.publish';
const REFRESH_MS = (LIST_HOURS / 2) * 3_600_000;
const REMIND_MS = 30 * 86_400_000;
const YEAR_MS = 365 * 86_400_000;
const BATCH = 200;

/** The newest list of which each opened authority knows that it signed it. */
const signed = new WeakMap<Opened, number>();

/** Whether this authority signed the list: after a new one was made, the last list may be of the one before. */
const isSignedBy = async (opened: Opened, { number, der }: published.PublishedList): Promise<boolean> => {
  if (signed.get(opened) === number) return true;
  const isOurs = await new X509Crl(new Uint8Array(der)).verify({ publicKey: opened.issuer.certificate.publicKey }).catch(() => false);
  if (isOurs) signed.set(opened, number);
  return isOurs;
};

/** Publishes a new list: after a change, or when half the time of the last one is over. Answers the list that holds now. */
export const publishList = (site: Site, opened: Opened, isChanged: boolean): Promise<published.PublishedList> =>
  site.database.as(site.database.system, async (tx) => {
    await published.holdPublishing(tx);
    const now = site.clock.now();
    const last = await published.latestList(tx);
    if (last && !isChanged && now.getTime() - last.this_update.getTime() < REFRESH_MS && (await isSignedBy(opened, last))) return last;
    const number = Math.max((last?.number ?? 0) + 1, now.getTime());
    const der = await makeRevocationList(opened.issuer, await published.revokedAt(tx, now), now, number);
    const list = { number, der, this_update: now, next_update: new Date(now.getTime() + LIST_HOURS * 3_600_000) };
    await published.addList(tx, list);
    return list;
  });

/** The list that holds now; made here when the job has not run yet. */
export const currentList = async (site: Site): Promise<published.PublishedList> => {
  const opened = await site.use(Signing).open();
  const last = await site.database.as(site.database.system, (tx) => published.latestList(tx), { readOnly: true });
  return last && last.next_update > site.clock.now() && (await isSignedBy(opened, last)) ? last : publishList(site, opened, true);
};

/** The authority, if the site has one. */
const openedOf = (site: Site): Promise<Opened | undefined> =>
  site.use(Signing).open().catch((error: unknown) => {
    if (isZhengwuError(error) && error.code === 'certificate.no-authority') return undefined;
    throw error;
  });

/** The job: a site without an authority has nothing to publish. */
export const publishInTurn = async (site: Site, payload: unknown): Promise<void> => {
  const opened = await openedOf(site);
  if (opened) await publishList(site, opened, (payload as { changed?: boolean } | null)?.changed === true);
};

/** Tells daily, by log and by the event `authority.expiring`, that the issuing certificate ends within a year; `ca renew` ends it. */
const remindOfAuthority = async (site: Site): Promise<void> => {
  const opened = await openedOf(site);
  const end = opened?.issuer.certificate.notAfter;
  if (!end || end.getTime() - site.clock.now().getTime() > YEAR_MS) return;
  site.log.warn({ notAfter: end.toISOString() }, 'the issuing certificate ends within a year: run npx zhengwu ca renew');
  await site.database.as(site.database.system, (tx) => site.events.append(tx, { type: 'authority.expiring', subject: 'issuing', payload: { notAfter: end.toISOString() } }));
};

/** Tells by the event `certificate.expiring` of each certificate that ends: 30 days, a week and a day before. */
export const remind = async (site: Site): Promise<void> => {
  const turn = (): Promise<number> => site.database.as(site.database.system, async (tx) => {
    const now = site.clock.now();
    const due = await store.takeExpiring(tx, now, new Date(now.getTime() + REMIND_MS), BATCH);
    for (const { serial, not_after: end, ...rest } of due) await site.events.append(tx, { type: 'certificate.expiring', subject: serial, payload: { serial, notAfter: end.toISOString(), ...rest } });
    return due.length;
  });
  while ((await turn()) === BATCH);
  await remindOfAuthority(site);
};
