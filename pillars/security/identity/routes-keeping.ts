import * as api from '@zhengwu/contracts';
import { browserOf, type Call, type Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { fromOf } from './entering.ts';
import { fail } from './errors.ts';
import { Identity } from './identity.ts';
import * as recovering from './recovering.ts';
import * as keeping from './store-keeping.ts';

const PAGE = 50;
const agentOf = ({ request }: Pick<Call, 'request'>): string => String(request.headers['user-agent'] ?? '');

const sessions = (site: Site, http: Http): void => {
  http.route(api.sessionsInUse, async ({ actor, query }) => {
    const limit = query.limit ?? PAGE;
    const rows = await site.database.as(site.database.system, (tx) => keeping.sessionsInUse(tx, query.account?.trim() ?? null, query.after ?? null, limit + 1));
    const items = rows.slice(0, limit).map(({ started_at, seen_at, agent, ...row }) => ({ ...row, browser: browserOf(agent), startedAt: started_at.toISOString(), seenAt: seen_at.toISOString(), current: row.id === actor.sessionId }));
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  });
  http.route(api.endAnySession, async ({ actor, params }) => {
    const account = await site.database.as(site.database.system, async (tx) => {
      const owner = await keeping.endAnySession(tx, params.id);
      if (owner) await site.audit.recordFor(tx, actor, { event: 'session.endedByOther', subject: owner, detail: { session: params.id } });
      return owner;
    });
    site.use(Identity).sessions.forget(params.id);
    return { ended: account !== null };
  });
  http.route(api.lockedAccounts, async () => ({
    items: (await site.database.as(site.database.system, (tx) => keeping.lockedAccounts(tx))).map(({ until, ...row }) => ({ ...row, until: until.toISOString() })),
  }));
  http.route(api.unlockAccount, async ({ actor, params }) => {
    await site.database.as(site.database.system, async (tx) => {
      if (!(await keeping.unlock(tx, params.id))) throw fail('account.not-locked');
      await site.audit.recordFor(tx, actor, { event: 'account.unlocked', subject: params.id });
    });
    return { done: true };
  });
};

/** Keeping accounts: sessions of others, locks, recovery, identity checked at the window. */
export const keepingRoutes = (site: Site, http: Http): void => {
  sessions(site, http);
  http.route(api.askRecovery, async ({ actor, body }) => ({ id: await recovering.askRecovery(site, actor, body) }));
  http.route(api.listRecoveries, async () => ({
    items: (await site.database.as(site.database.system, (tx) => keeping.recoveries(tx))).map((row) => ({
      id: row.id, username: row.username, name: row.name, factors: row.factors, reason: row.reason, askedBy: row.asked_name, askedAt: row.asked_at.toISOString(),
      state: row.state, decidedBy: row.decided_name, decidedAt: row.decided_at?.toISOString() ?? null,
    })),
  }));
  http.route(api.decideRecovery, (call) => recovering.decide(site, call.actor, call.params.id, call.body, agentOf(call)));
  http.route(api.recoverWithCode, async (call) => {
    await recovering.recoverByCode(site, fromOf('citizen', call), call.body);
    return { done: true };
  });
  http.route(api.verifyAtWindow, ({ actor, body }) => recovering.verifyAtWindow(site, actor, body));
  http.route(api.recoverAtWindow, (call) => recovering.recoverInPerson(site, call.actor, call.body, agentOf(call)));
};
