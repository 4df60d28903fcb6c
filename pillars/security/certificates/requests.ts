import type { Actor } from '@zhengwu/contracts';
import { createHmacSigner, type HmacSigner } from '@zhengwu/crypto';
import type { Tx } from '@zhengwu/database';
import { Directory } from '@zhengwu/directory';
import { maskCitizenNumber, uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import { checkForm, subjectText, type Form } from './form.ts';
import { issueOn } from './issue-on.ts';
import { Signing } from './opened.ts';
import { pseudonymOf } from './profiles.ts';
import { readRequest } from './request.ts';
import type { ListedRow, RequestRow } from './rows.ts';
import * as store from './store.ts';

const FALLBACK_SECRET = 'certificates-without-passphrase-00';

/** The key under which citizen numbers become pseudonyms; it is the site's, so that a person keeps the same one. */
export const pseudonymSigner = ({ config }: Pick<Site, 'config'>): HmacSigner => createHmacSigner(config.keyPassphrase ?? FALLBACK_SECRET, 'certificate-pseudonym');

const seen = async (site: Site, tx: Tx, id: string): Promise<ListedRow> => {
  const row = await store.findListed(tx, 'id', id, site.clock.now());
  if (!row) throw fail('certificate.unknown');
  return row;
};

const blank = { renews: null, decided_by: null, decided_by_name: null, decided_at: null, reason: null } as const;

/** A form as it is kept: a citizen number only masked. */
export const rowOf = (site: Site, actor: Actor, form: Form, requested: string | null): RequestRow => {
  const isPerson = form.profile === 'person';
  return {
    ...blank, id: uuidv7(), profile: form.profile, name: form.name, identifier: isPerson ? maskCitizenNumber(form.identifier) : form.identifier,
    pseudonym: isPerson ? pseudonymOf(pseudonymSigner(site), form.identifier) : null, institution: form.institution ?? null, device: form.device ?? null, person: form.person ?? null,
    requester: actor.personId, requester_name: actor.name, department: actor.homeDepartments[0] ?? null, requested_at: site.clock.now(),
    csr: form.request ?? null, csr_subject: requested, state: 'waiting',
  };
};

/** Checks a form before anything is written. Throws `certificate.no-authority` and what `checkForm` throws. */
export const prepare = async (site: Site, actor: Actor, form: Form): Promise<RequestRow> => {
  const { issuer } = await site.use(Signing).open();
  const [official] = form.person === undefined ? [] : await site.use(Directory).officials([form.person]);
  const request = await checkForm(form, official?.name ?? null, issuer.suite);
  return rowOf(site, actor, form, request ? subjectText(request) : null);
};

/** Keeps a request, with its record. Throws `certificate.renewing` when another renewal of the same certificate is open. */
export const submit = async (site: Site, tx: Tx, row: RequestRow): Promise<ListedRow> => {
  if (!(await store.insertRequest(tx, row))) throw fail('certificate.renewing');
  await site.audit.record(tx, { event: 'certificate.requested', subject: row.id, detail: { profile: row.profile, renews: row.renews, handOut: row.csr === null } });
  await site.events.append(tx, { type: 'certificate.requested', subject: row.id, payload: { id: row.id, profile: row.profile } });
  return seen(site, tx, row.id);
};

/** Requests the one successor of a certificate: same holder, same key unless `csr` brings another. */
export const renew = async (site: Site, tx: Tx, actor: Actor, serial: string, csr: string | undefined): Promise<ListedRow> => {
  const now = site.clock.now();
  const old = await store.findListed(tx, 'serial', serial, now);
  if (!old) throw fail('certificate.unknown');
  if (old.shown !== 'valid') throw fail('certificate.not-standing', { state: old.shown });
  // Whoever reads may not see what another requested for the same holder.
  if (await site.database.as(site.database.system, (all) => store.hasSuccessor(all, serial), { readOnly: true })) throw fail('certificate.renewing');
  const requested = csr === undefined ? old.csr_subject : subjectText(await readRequest(csr, (await site.use(Signing).open()).issuer.suite));
  return submit(site, tx, {
    ...blank, id: uuidv7(), profile: old.profile, name: old.name, identifier: old.identifier, pseudonym: old.pseudonym, institution: old.institution, device: old.device, person: old.person,
    requester: actor.personId, requester_name: actor.name, department: actor.homeDepartments[0] ?? old.department, requested_at: now,
    csr: csr ?? old.csr, csr_subject: requested, renews: serial, state: 'waiting',
  });
};

/** The request, held for a decision of this registrar; `true` when it was theirs and is made already. */
const holdForDecision = async (tx: Tx, actor: Actor, row: ListedRow, wanted: readonly RequestRow['state'][]): Promise<RequestRow | 'decided'> => {
  if (row.requester !== null && row.requester === actor.personId) throw fail('certificate.own-request');
  const held = await store.holdRequest(tx, row.id);
  if (!held) throw fail('certificate.unknown');
  if (held.state === 'waiting') return held;
  if (held.decided_by === actor.personId && wanted.includes(held.state)) return 'decided';
  throw fail('certificate.decided');
};

/** Approves a request of somebody else. With a PKCS#10 request the certificate is issued in the same transaction. */
export const approve = async (site: Site, tx: Tx, actor: Actor, id: string): Promise<ListedRow> => {
  const row = await holdForDecision(tx, actor, await seen(site, tx, id), ['approved', 'issued']);
  if (row !== 'decided') {
    await store.decide(tx, id, { state: 'approved', by: actor.personId, byName: actor.name, at: site.clock.now(), reason: null });
    await site.audit.record(tx, { event: 'certificate.approved', subject: id });
    if (row.csr !== null) await issueOn(site, tx, actor, row, row.csr);
  }
  return seen(site, tx, id);
};

/** Refuses a request of somebody else; repeated, it stays refused with its first reason. */
export const refuse = async (site: Site, tx: Tx, actor: Actor, id: string, reason: string): Promise<ListedRow> => {
  const row = await holdForDecision(tx, actor, await seen(site, tx, id), ['refused']);
  if (row !== 'decided') {
    await store.decide(tx, id, { state: 'refused', by: actor.personId, byName: actor.name, at: site.clock.now(), reason });
    await site.audit.record(tx, { event: 'certificate.refused', subject: id, detail: { reason } });
    await site.events.append(tx, { type: 'certificate.refused', subject: id, payload: { id, requester: row.requester } });
  }
  return seen(site, tx, id);
};

