import { randomUUID } from 'node:crypto';
import { signJws } from '@zhengwu/crypto';
import type { Tx } from '@zhengwu/database';
import { callListed } from '@zhengwu/http';
import type { Job } from '@zhengwu/jobs';
import type { Site } from '@zhengwu/module';
import type { AdapterPayload } from 'oidc-provider';
import { openSession } from './adapter.ts';
import { PURPOSE } from './keys.ts';
import { Provided } from './provided.ts';
import * as store from './store.ts';
import { subjectOf } from './subject.ts';

const TELL = 'sign-on.tell';
const WATCH_SECONDS = 5;
const TOKEN_SECONDS = 120;
const PATIENCE_MS = 10_000;
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** Whom a session of the protocol signed on to, by the session's id at each. */
export interface SignedOn {
  clientId: string;
  sid: string;
}
export const signedOnTo = (session: Pick<AdapterPayload, 'authorizations'>): SignedOn[] =>
  Object.entries(session.authorizations ?? {}).flatMap(([clientId, one]) => (one?.sid === undefined ? [] : [{ clientId, sid: one.sid }]));

/** Has each application told, by a job that tries again, that the person's session is over. */
export const tellApplications = async (site: Site, tx: Tx, account: string, applications: readonly SignedOn[]): Promise<void> => {
  for (const { clientId, sid } of applications) await site.jobs.enqueue(tx, { job: TELL, payload: { clientId, sid, account } });
};

/** OpenID Connect Back-Channel Logout 1.0 §2.4: signed, for one application, about one session, no nonce. */
const logoutToken = (site: Site, { clientId, sid, account }: { clientId: string; sid: string; account: string }): Promise<string> => {
  const { keys, issuer, subjectFor } = site.use(Provided);
  const iat = Math.floor(site.clock.now().getTime() / 1000);
  return signJws(keys, PURPOSE, { iss: issuer, aud: clientId, iat, exp: iat + TOKEN_SECONDS, jti: randomUUID(), sub: subjectFor(account, clientId), sid, events: { [EVENT]: {} } }, 'logout+jwt');
};

const tell = async (site: Site, payload: unknown): Promise<void> => {
  const told = payload as { clientId: string; sid: string; account: string };
  const client = await store.clientOf(site.database, told.clientId);
  if (!client?.backchannelUri) return;
  const body = new URLSearchParams({ logout_token: await logoutToken(site, told) });
  const response = await callListed(client.backchannelUri, { method: 'POST', body }, { hosts: [new URL(client.backchannelUri).host], milliseconds: PATIENCE_MS });
  await response.body?.cancel();
  if (response.status !== 200 && response.status !== 204) throw new Error(`${told.clientId} answered ${response.status} to the end of a session`);
};

/** Takes away what stands on sessions of the console that are over: signed out, ended by others, of a leaver, of a locked account. */
export const endOver = (site: Site): Promise<void> =>
  site.database.as(site.database.system, async (tx) => {
    const { sealer } = site.use(Provided);
    for (const ended of await store.takeEnded(tx)) {
      const applications = signedOnTo(openSession(sealer, ended));
      await site.audit.record(tx, { event: 'signOn.ended', subject: ended.account, detail: { applications: applications.map((one) => one.clientId) } });
      await tellApplications(site, tx, ended.account, applications);
    }
  });

/** Signed out everywhere from an application: the console's session ends too, and the other applications are told. */
export const leaveAll = (site: Site, session: Pick<AdapterPayload, 'authorizations' | 'accountId'>): Promise<void> =>
  site.database.as(site.database.system, async (tx) => {
    const subject = subjectOf(session.accountId);
    if (!subject) return;
    await store.endConsole(tx, subject.account, subject.session);
    await store.takeEnded(tx);
    await tellApplications(site, tx, subject.account, signedOnTo(session));
  });

export const logoutJobs = (site: Site): Job[] => [
  { name: TELL, run: (payload) => tell(site, payload) },
  { name: 'sign-on.watch', everySeconds: WATCH_SECONDS, run: () => endOver(site) },
  { name: 'sign-on.sweep', everySeconds: 600, run: () => site.database.as(site.database.system, async (tx) => void (await store.sweep(tx))) },
];
