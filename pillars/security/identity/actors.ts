import type { Actor, SessionView } from '@zhengwu/contracts';
import type { SessionFacts } from './store.ts';

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** The actor behind a session; posts are known by their code and by the roles they hold. */
export const actorOf = (facts: SessionFacts, request: { requestId: string; address: string; onBehalfOf: string | null }): Actor => {
  const subjects = facts.subjects.map((subject) => subject.id);
  return {
    kind: facts.kind, accountId: facts.account, personId: facts.person, name: facts.name, subjects,
    onBehalfOf: facts.kind === 'citizen' ? (request.onBehalfOf && subjects.includes(request.onBehalfOf) ? request.onBehalfOf : facts.person) : null,
    scope: 'own', departments: [], homeDepartments: distinct(facts.posts.map((post) => post.department)),
    posts: distinct(facts.posts.flatMap((post) => [post.code, ...post.roles])), permissions: facts.grants, clearance: facts.clearance,
    assurance: facts.assurance, sessionId: facts.session, requestId: request.requestId, address: request.address,
  };
};

export const sessionView = (facts: SessionFacts, csrf: string): SessionView => ({
  account: facts.account, person: facts.person, kind: facts.kind, name: facts.name,
  posts: facts.posts.map(({ code, name, departmentName }) => ({ code, name, department: departmentName })),
  permissions: Object.keys(facts.grants).sort(), subjects: facts.subjects, mustChange: facts.mustChange, assurance: facts.assurance, csrf, expiresAt: new Date(facts.endsAt).toISOString(),
});
