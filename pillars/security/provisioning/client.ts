import type { Actor } from '@zhengwu/contracts';
import type { FastifyRequest } from 'fastify';
import { Directory } from '@zhengwu/directory';
import { common } from '@zhengwu/errors';
import { peerOf, standIn, type Authenticator } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import type { Reach } from './store.ts';

export const PERMISSION = 'scim.provision';
const TOKEN = /^Bearer ([A-Za-z0-9_-]{20,100})$/;

const institutionOf = (request: FastifyRequest): string | null => {
  const peer = peerOf(request);
  return peer?.kind === 'institution' ? peer.uscc : null;
};

const MINUTE_MS = 60_000;
const WRONG_A_MINUTE = 30;

/** Wrong tokens of each address in this minute; beyond so many nothing more is looked up for it. */
export const wrongTokens = (clock: () => number = Date.now) => {
  let [minute, counts] = [0, new Map<string, number>()];
  const now = (): number => {
    const at = Math.floor(clock() / MINUTE_MS);
    if (at !== minute) [minute, counts] = [at, new Map()];
    return 60 - Math.floor((clock() % MINUTE_MS) / 1000);
  };
  return {
    refuseMany: (address: string): void => {
      const seconds = now();
      if ((counts.get(address) ?? 0) >= WRONG_A_MINUTE) throw common('rate.limited', { seconds });
    },
    count: (address: string): void => void counts.set(address, (counts.get(address) ?? 0) + 1),
  };
};

/** Lets applications in by their token beside what `people` knows. Throws `scim.token` for one that does not hold. */
export const withApplications = (site: Site, people: Authenticator, wrong = wrongTokens()): Authenticator => ({
  authenticate: async (request, anew) => {
    const { authorization } = request.headers;
    if (authorization === undefined || !request.url.startsWith('/scim/')) return people.authenticate(request, anew);
    wrong.refuseMany(request.ip);
    const token = TOKEN.exec(authorization)?.[1];
    const found = token === undefined ? null : await site.use(Directory).applications.bearer(token, { address: request.ip, institution: institutionOf(request) });
    if (!found) {
      wrong.count(request.ip);
      throw fail('scim.token');
    }
    const grant = { scope: found.scope === 'all' ? 'all' as const : 'department' as const, departments: found.departments };
    return {
      ...standIn(request), kind: 'application', accountId: found.id, name: `${found.name.zh} (${found.clientId})`, homeDepartments: [found.department],
      permissions: Object.fromEntries(found.permissions.map((permission) => [permission, grant])),
    };
  },
  isPortal: (request) => people.isPortal(request),
  verifyCsrf: (token, actor, request) => people.verifyCsrf(token, actor, request),
});

/** What a client of SCIM acts with: the directory's own rules apply to it as to an official who is nobody. */
export interface Client {
  actor: Actor;
  acting: Actor;
  reach: Reach;
  /** The department that keeps what it enters. */
  department: number;
  /** Where its resources are addressed. */
  base: string;
}

export const clientOf = (site: Site, actor: Actor): Client => ({
  actor,
  acting: { ...actor, kind: 'official', personId: null, scope: 'all', departments: [], permissions: {} },
  reach: { application: actor.accountId as string, departments: actor.scope === 'all' ? null : actor.departments },
  department: actor.homeDepartments[0] as number,
  base: `${site.config.origins.site}/scim/v2`,
});
