import type { Actor, BodyOf, checkIdentitySource, decideIdentitySource, listIdentitySources, proposeIdentitySource, ResponseOf, stopIdentitySource } from '@zhengwu/contracts';
import { Identity } from '@zhengwu/identity';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import { asPlatform, Opened, redirectUri } from './opened.ts';
import { checkSettings } from './settings.ts';
import * as store from './store.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export const list = (site: Site, actor: Actor): Promise<ResponseOf<typeof listIdentitySources>> => asPlatform(site, async (tx) => ({
  items: (await store.sources(tx)).map(({ id, settings, secret, active, version, decided_by, decided_at, links }) => ({ id, settings, hasSecret: secret !== null, active, version, decidedBy: decided_by, decidedAt: decided_at.toISOString(), links })),
  proposals: (await store.proposals(tx)).map((row) => ({
    id: row.id, source: row.source, settings: row.settings, newSecret: row.secret !== null, reason: row.reason, proposedBy: row.proposed_name, proposedAt: row.proposed_at.toISOString(), state: row.state,
    decidedBy: row.decided_name, decidedAt: iso(row.decided_at), opinion: row.opinion, mine: row.proposed_by === actor.personId,
  })),
}));

/** Keeps a change for a second administrator; nothing counts yet. */
export const propose = (site: Site, actor: Actor, source: string, { settings, secret, reason }: BodyOf<typeof proposeIdentitySource>): Promise<{ id: string }> => asPlatform(site, async (tx) => {
  const known = await store.sourceById(tx, source);
  const keepsSecret = known?.secret != null && known.issuer === settings.issuer;
  checkSettings(settings, { demo: site.config.demo, hasSecret: secret !== undefined || keepsSecret, issuerTaken: await store.hasIssuer(tx, settings.issuer, source) });
  const id = uuidv7();
  const sealed = secret === undefined || settings.auth === 'private-key' ? null : site.use(Opened).sealer.seal(secret, `source ${source}`);
  if (!(await store.insertProposal(tx, { id, source, settings, secret: sealed, reason, proposed_by: actor.personId as string, proposed_name: actor.name }))) throw fail('identity-source.waiting');
  await site.audit.recordFor(tx, actor, { event: 'identitySource.proposed', subject: source, detail: { proposal: id, settings, newSecret: sealed !== null, reason } });
  return { id };
});

/** The second administrator, of another kind than the first, decides; what is approved counts at once. */
export const decide = (site: Site, actor: Actor, id: string, { approve, opinion }: BodyOf<typeof decideIdentitySource>): Promise<{ done: boolean }> => asPlatform(site, async (tx) => {
  const proposal = await store.lockProposal(tx, id);
  if (!proposal) throw fail('identity-source.gone');
  if (proposal.proposed_by === actor.personId || !(await store.isOfAnotherKind(tx, actor.personId as string, proposal.proposed_by))) throw fail('identity-source.two-people');
  if (approve) {
    if (await store.hasIssuer(tx, proposal.settings.issuer, proposal.source)) throw fail('identity-source.bad-settings', {}, { issues: [{ path: '/issuer', code: 'identity-source.issuer-taken' }] });
    await store.putSource(tx, { id: proposal.source, issuer: proposal.settings.issuer, settings: proposal.settings, secret: proposal.secret, decided_by: actor.name });
  }
  await store.decideProposal(tx, id, approve ? 'approved' : 'refused', actor.personId as string, actor.name, opinion);
  await site.audit.recordFor(tx, actor, { event: approve ? 'identitySource.approved' : 'identitySource.notApproved', subject: proposal.source, detail: { proposal: id, opinion } });
  return { done: true };
});

/** Off at once, by one person: shutting a door waits for nobody. Sessions that came by it go on unless they are to end; links stay. */
export const stop = async (site: Site, actor: Actor, id: string, { reason, endSessions = false }: BodyOf<typeof stopIdentitySource>): Promise<{ done: boolean; ended: number }> => {
  const { outside } = site.use(Identity);
  const ended = await asPlatform(site, async (tx) => {
    if (!(await store.stopSource(tx, id, actor.name))) throw fail('identity-source.unknown');
    const count = endSessions ? await outside.end(tx, await store.sessionsOfSource(tx, id)) : 0;
    await site.audit.recordFor(tx, actor, { event: 'identitySource.stopped', subject: id, detail: { reason, ended: count } });
    return count;
  });
  if (ended > 0) outside.forget();
  return { done: true, ended };
};

/** Asks a source's discovery now, and tells what the source must be told of us. */
export const check = async (site: Site, id: string): Promise<ResponseOf<typeof checkIdentitySource>> => {
  const source = await asPlatform(site, (tx) => store.sourceById(tx, id));
  if (!source) throw fail('identity-source.unknown');
  const { portal } = site.config.origins;
  const told = { redirectUri: redirectUri(site, id), keysUri: `${portal}/sign-in/outside/keys`, logoutUri: `${portal}/sign-in/outside/${id}/logout` };
  try {
    await site.use(Opened).connections.anew(source);
    return { reachable: true, problem: null, ...told };
  } catch (error) {
    const why = error instanceof Error ? (error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message).slice(0, 300) : '';
    return { reachable: false, problem: { zh: `没有读到可用的来源信息：${why}`, en: `Its discovery could not be used: ${why}` }, ...told };
  }
};
