import type { Actor, BodyOf, ResponseOf, leaveOutside, myOutside, setPassword } from '@zhengwu/contracts';
import { Identity, type Holder } from '@zhengwu/identity';
import type { Site } from '@zhengwu/module';
import type { Tx } from '@zhengwu/database';
import * as client from 'openid-client';
import { fail } from './errors.ts';
import { asPlatform, Opened } from './opened.ts';
import * as store from './store.ts';

const holderOf = async (site: Site, tx: Tx, actor: Actor): Promise<Holder> => (await site.use(Identity).outside.holder(tx, { account: actor.accountId as string })) as Holder;

/** Whether the account can be entered without this link: by a password, a passkey, or another source that is in use. */
const canBeWithout = (link: store.LinkRow, holder: Holder, links: readonly (store.LinkRow & { active: boolean })[]): boolean =>
  holder.hasPassword || holder.hasPasskey || links.some((other) => other.id !== link.id && other.active);

export const mine = (site: Site, actor: Actor): Promise<ResponseOf<typeof myOutside>> => asPlatform(site, async (tx) => {
  const holder = await holderOf(site, tx, actor);
  const links = await store.linksOf(tx, holder.id);
  const linked = new Set(links.map(({ issuer }) => issuer));
  return {
    username: holder.username, hasPassword: holder.hasPassword,
    items: links.map((link) => ({ id: link.id, source: link.source, name: link.settings.name, linkedAt: link.linked_at.toISOString(), usedAt: link.used_at?.toISOString() ?? null, canUnlink: canBeWithout(link, holder, links) })),
    linkable: (await store.sources(tx)).filter(({ active, issuer }) => active && !linked.has(issuer)).map(({ id, settings }) => ({ id, name: settings.name })),
  };
});

/** Unlinks, and ends the other sessions that came by the link. Throws `identity-source.last-way` rather than lock its holder out. */
export const unlink = async (site: Site, actor: Actor, id: string): Promise<{ done: boolean }> => {
  const { outside } = site.use(Identity);
  await asPlatform(site, async (tx) => {
    await store.lockLinks(tx, actor.accountId as string);
    const holder = await holderOf(site, tx, actor);
    const links = await store.linksOf(tx, holder.id);
    const link = links.find((one) => one.id === id);
    if (!link) throw fail('identity-source.no-link');
    if (!canBeWithout(link, holder, links)) throw fail('identity-source.last-way');
    await outside.end(tx, (await store.sessionsOfLink(tx, id)).filter((session) => session !== actor.sessionId));
    await store.dropLink(tx, id);
    await site.audit.recordFor(tx, actor, { event: 'identitySource.unlinked', subject: holder.id, detail: { source: link.source } });
  });
  outside.forget();
  return { done: true };
};

export const choosePassword = async (site: Site, actor: Actor, { password }: BodyOf<typeof setPassword>): Promise<{ done: boolean }> => {
  const { outside } = site.use(Identity);
  await asPlatform(site, async (tx) => {
    if (!(await outside.setPassword(tx, actor.accountId as string, password, actor.sessionId))) throw fail('identity-source.has-password');
    await site.audit.recordFor(tx, actor, { event: 'identitySource.passwordSet', subject: actor.accountId as string });
  });
  outside.forget();
  return { done: true };
};

/** The source of this session; throws `identity-source.not-outside`. */
export const sourceOfSession = async (site: Site, actor: Actor): Promise<string> => {
  const session = await asPlatform(site, (tx) => store.sessionOf(tx, actor.sessionId as string));
  if (!session) throw fail('identity-source.not-outside');
  return session.source;
};

/** Where one signs out of the source too (OpenID Connect RP-Initiated Logout); null where it offers none or is away: signing out here never waits for it. */
export const leave = async (site: Site, actor: Actor): Promise<ResponseOf<typeof leaveOutside>> => {
  const nowhere = { address: null, name: null };
  const session = await asPlatform(site, (tx) => store.sessionOf(tx, actor.sessionId as string));
  const source = session && (await asPlatform(site, (tx) => store.sourceById(tx, session.source)));
  if (!session || !source?.active) return nowhere;
  const configuration = await site.use(Opened).connections.to(source).catch(() => null);
  if (configuration?.serverMetadata().end_session_endpoint === undefined) return nowhere;
  // No ID token as a hint: tokens never reach the browser (ASVS 10.1.1). The source asks its user instead.
  return { address: client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${site.config.origins.portal}/` }).href, name: source.settings.name };
};
