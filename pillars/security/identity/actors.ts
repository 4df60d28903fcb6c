import type { Actor, Proof, ProofMeans, SessionView } from '@zhengwu/contracts';
import { OUTSIDE } from './words.ts';
import type { SessionFacts } from './store.ts';

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** Which roles need a second factor: as set (`all`, `none` or a list), or by default every official outside demo mode (GB/T 22239 §8.1.4.1, OWASP ASVS 5.0 V6.3.3). */
export const factorRule = (setting: string | undefined, demo: boolean): ((roles: readonly string[]) => boolean) => {
  if (setting === 'all' || (setting === undefined && !demo)) return () => true;
  const named = setting === undefined || setting === 'none' ? [] : setting.split(',').map((one) => one.trim());
  return (roles) => roles.some((role) => named.includes(role));
};

/** What decides how strongly people must prove themselves on this site. */
export interface Demands {
  demo: boolean;
  mustHaveFactor(roles: readonly string[]): boolean;
}

/** True until an official whose roles need a second factor has one. */
export const mustEnrol = (facts: SessionFacts, demands: Demands): boolean =>
  facts.kind === 'official' && !facts.hasCode && !facts.hasPasskey && demands.mustHaveFactor(facts.posts.flatMap((post) => post.roles));

/** What would prove the owner of this session again. A code goes with the password; a session that came from outside can be proved there. */
const meansOf = ({ hasCode, hasPasskey, hasPassword, means }: SessionFacts): ProofMeans[] => {
  const own: ProofMeans[] = hasCode || hasPasskey ? [...(hasCode && hasPassword ? ['code' as const] : []), ...(hasPasskey ? ['passkey' as const] : [])] : hasPassword ? ['password'] : [];
  return [...own, ...(means.startsWith(OUTSIDE) ? ['outside' as const] : [])];
};

/**
 * How strongly the session is proved. Where an account has no second factor, the password given again is all that it can prove:
 * that is enough for citizens and in a demonstration, never for officials of a real site.
 */
export const proofOf = (facts: SessionFacts, { demo }: Demands): Proof => {
  const hasFactor = facts.hasCode || facts.hasPasskey;
  const level = !hasFactor && (demo || facts.kind === 'citizen') && facts.provedLevel === 1 ? 2 : facts.provedLevel;
  return {
    level, at: Date.parse(facts.provedAt), means: meansOf(facts),
    ...(facts.coolingUntil ? { coolingUntil: new Date(facts.coolingUntil).toISOString() } : {}),
  };
};

type Standing = Omit<Actor, 'onBehalfOf' | 'requestId' | 'address'>;

const standingOf = (facts: SessionFacts, demands: Demands): Standing => ({
  kind: facts.kind, accountId: facts.account, personId: facts.person, name: facts.name, subjects: facts.subjects.map((subject) => subject.id),
  scope: 'own', departments: [], homeDepartments: distinct(facts.posts.map((post) => post.department)),
  posts: distinct(facts.posts.flatMap((post) => [post.code, ...post.roles])), permissions: facts.grants, clearance: facts.clearance,
  assurance: facts.assurance, ...(facts.kind === 'citizen' ? { verified: facts.verified } : {}), proof: proofOf(facts, demands), sessionId: facts.session,
});

/** The actor behind a session; posts are known by their code and by the roles they hold. What does not differ by request is made once for as long as the facts are kept. */
export const actorsFor = (demands: Demands): ((facts: SessionFacts, request: { requestId: string; address: string; onBehalfOf: string | null }) => Actor) => {
  const standings = new WeakMap<SessionFacts, Standing>();
  return (facts, { requestId, address, onBehalfOf }) => {
    const standing = standings.get(facts) ?? standingOf(facts, demands);
    standings.set(facts, standing);
    return {
      ...standing, requestId, address,
      onBehalfOf: facts.kind === 'citizen' ? (onBehalfOf && standing.subjects.includes(onBehalfOf) ? onBehalfOf : facts.person) : null,
    };
  };
};

export const sessionView = (facts: SessionFacts, csrf: string, demands: Demands): SessionView => ({
  account: facts.account, person: facts.person, kind: facts.kind, name: facts.name,
  posts: facts.posts.map(({ code, name, departmentName }) => ({ code, name, department: departmentName })),
  permissions: Object.keys(facts.grants).sort(), subjects: facts.subjects, mustChange: facts.mustChange, mustEnrol: mustEnrol(facts, demands), ...(facts.kind === 'citizen' ? { verified: facts.verified } : {}), assurance: facts.assurance, csrf, expiresAt: new Date(facts.endsAt).toISOString(),
});
