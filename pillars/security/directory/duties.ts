import type { Actor, BodyOf, putRole } from '@zhengwu/contracts';
import { isZhengwuError } from '@zhengwu/errors';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import type { Tx } from '@zhengwu/database';
import { fail } from './errors.ts';
import * as store from './store.ts';
import * as rules from './store-duties.ts';

type RoleChange = Omit<BodyOf<typeof putRole>, 'version' | 'reason'>;

/** Writes a role's permissions with trace and reason; the rules have spoken when it returns. */
export const writeRole = async (site: Site, tx: Tx, code: string, change: RoleChange & { version: number }, reason: string) => {
  await store.because(tx, reason);
  const role = await store.changeRole(tx, code, change);
  if (!role) throw fail('directory.changed');
  await store.settle(tx);
  await site.audit.record(tx, { event: 'directory.roleChanged', subject: code, detail: { grants: change.grants, reason } });
  return role;
};

/** Writes the posts a person holds from now on, with trace and reason; the rules have spoken when it returns. */
export const writePosts = async (site: Site, tx: Tx, person: string, change: { version: number; posts: readonly string[] }, reason: string) => {
  await store.because(tx, reason);
  if (!(await store.person(tx, person)) || !(await store.arePosts(tx, change.posts))) throw fail('directory.unknown');
  if (!(await store.assignPosts(tx, person, change.posts, change.version))) throw fail('directory.changed');
  await store.settle(tx);
  await site.audit.record(tx, { event: 'directory.postsAssigned', subject: person, detail: { posts: change.posts, reason } });
  const written = await store.person(tx, person);
  if (!written) throw fail('directory.unknown');
  return written;
};

/** Carries a change out, or keeps it as a proposal when it touches the powers of the three administrators. */
export const orPropose = async <T>(
  site: Site, actor: Actor, proposal: { kind: rules.ProposalKind; subject: string; change: object; reason: string }, work: (tx: Tx) => Promise<T>,
): Promise<{ done: T } | { proposed: string }> => {
  try {
    return { done: await site.database.as(actor, work) };
  } catch (error) {
    if (!isZhengwuError(error) || error.code !== 'duty.second-needed') throw error;
  }
  const id = uuidv7();
  await site.database.as(actor, async (tx) => {
    await rules.insertProposal(tx, { id, by: actor.personId as string, ...proposal });
    await site.audit.record(tx, { event: 'duty.proposed', subject: id, detail: { kind: proposal.kind, subject: proposal.subject, change: proposal.change, reason: proposal.reason } });
  });
  return { proposed: id };
};

/** A second administrator decides; what they agree to is done in the same transaction, under both names. */
export const decide = (site: Site, actor: Actor, id: string, { approve, opinion }: { approve: boolean; opinion: string }): Promise<'approved' | 'refused'> =>
  site.database.as({ ...actor, scope: 'all' }, async (tx) => {
    const { kind, subject, change, reason } = await rules.decideProposal(tx, id, approve, opinion);
    await site.audit.record(tx, { event: approve ? 'duty.approved' : 'duty.refused', subject: id, detail: { kind, subject, opinion } });
    if (!approve) return 'refused';
    if (kind === 'role') {
      const version = await store.roleVersion(tx, subject);
      if (version === null) throw fail('directory.unknown');
      await writeRole(site, tx, subject, { ...(change as RoleChange), version }, reason);
    } else {
      const version = (await store.person(tx, subject))?.version;
      if (version === undefined) throw fail('directory.unknown');
      await writePosts(site, tx, subject, { version, posts: (change as { posts: string[] }).posts }, reason);
    }
    return 'approved';
  });
