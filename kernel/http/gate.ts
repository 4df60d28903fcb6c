import type { FastifyRequest } from 'fastify';
import type { Actor } from '@zhengwu/contracts';
import { common, isZhengwuError } from '@zhengwu/errors';
import { checkOrigin } from './origin.ts';
import { needsProof, refuseUnproved } from './step-up.ts';
import type { AccessAudit, Authenticator, PolicyRule, Who } from './types.ts';

const none = Object.freeze([]) as unknown as never[];
const noPermissions = Object.freeze({}) as Actor['permissions'];

/** The actor of a request that nobody signed in for. */
export const standIn = (request: { id: string; ip: string }, kind: 'public' | 'system' = 'public'): Actor => ({
  kind,
  accountId: null,
  personId: null,
  name: '',
  subjects: none,
  onBehalfOf: null,
  scope: 'own',
  departments: none,
  homeDepartments: none,
  posts: none,
  permissions: noPermissions,
  clearance: 0,
  assurance: 1,
  sessionId: null,
  requestId: request.id,
  address: request.ip,
});

const carriesCredentials = ({ headers }: FastifyRequest): boolean =>
  headers.cookie !== undefined || headers.authorization !== undefined || headers['x-zhengwu-citizen'] !== undefined || headers['x-zhengwu-portal'] !== undefined;

/** The reader's address as the portal signed it; its own would stand for everybody. */
const addressFrom = ({ headers, ip }: FastifyRequest): string => {
  const told = headers['x-zhengwu-address'];
  return typeof told === 'string' && told !== '' ? told : ip;
};

const withGrant = (actor: Actor, permission: string | undefined): Actor => {
  if (permission === undefined) return actor;
  const grant = Object.hasOwn(actor.permissions, permission) ? actor.permissions[permission] : undefined;
  if (!grant) throw common('access.denied');
  const isListed = grant.scope === 'department' || grant.scope === 'subtree';
  return { ...actor, scope: isListed ? 'departments' : grant.scope === 'all' ? 'all' : 'own', departments: isListed ? grant.departments : [] };
};

/** Admits `actor` by the rule, or throws `session.expired` or `access.denied`. The result holds the permission's reach. */
const admit = (rule: PolicyRule, actor: Actor | undefined, isPortal: boolean, request: { id: string; ip: string }): Actor => {
  const allowed: readonly Who[] = typeof rule.who === 'string' ? [rule.who] : rule.who;
  const holder = actor && actor.kind !== 'public' ? actor : undefined;
  if (holder && (allowed as readonly string[]).includes(holder.kind)) return withGrant(holder, holder.kind === 'official' || holder.kind === 'application' ? rule.permission : undefined);
  if (allowed.includes('public') || (isPortal && allowed.includes('portal'))) return actor ?? standIn(request);
  const couldSignIn = allowed.includes('citizen') || allowed.includes('official') || allowed.includes('application');
  throw common(holder === undefined && couldSignIn ? 'session.expired' : 'access.denied');
};

export interface GateOptions {
  authenticator: Authenticator;
  origins: ReadonlySet<string>;
  audit: AccessAudit | undefined;
}

/** Checks, before a byte of the body is read, who calls, whether from our own pages, and whether the rule admits them. */
export type Gate = (request: FastifyRequest) => Actor | Promise<Actor>;

const isUnproved = (rule: PolicyRule, actor: Actor): boolean => needsProof(rule, actor, Date.now()) || (rule.demands !== undefined && needsProof(rule.demands, actor, Date.now()));

export const createGate = (operation: string, rule: PolicyRule, options: GateOptions): Gate => {
  const { authenticator, audit } = options;
  const isOpen = rule.who === 'public' || (Array.isArray(rule.who) && rule.who.includes('public'));
  const checked = async (request: FastifyRequest): Promise<Actor> => {
    let found = await authenticator.authenticate(request);
    if (found && isUnproved(rule, found)) found = await authenticator.authenticate(request, true);
    try {
      await checkOrigin(request, found, options);
      const isPortal = request.headers['x-zhengwu-portal'] !== undefined && (await authenticator.isPortal(request));
      const admitted = admit(rule, found, isPortal, isPortal ? { id: request.id, ip: addressFrom(request) } : request);
      if (found) refuseUnproved(rule, admitted, Date.now());
      return admitted;
    } catch (error) {
      if (isZhengwuError(error) && error.code !== 'session.step-up') audit?.denied?.({ operation, actor: found ?? standIn(request), code: error.code });
      throw error;
    }
  };
  return (request) => (isOpen && request.method === 'GET' && !carriesCredentials(request) ? standIn(request) : checked(request));
};
