import * as api from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { Http } from '@zhengwu/http';
import { Identity } from '@zhengwu/identity';
import type { Site } from '@zhengwu/module';
import type { Blocks } from './blocks.ts';
import { Defence } from './defence.ts';
import { fail } from './errors.ts';
import { handle, respondByHand } from './handling.ts';
import { rulesInForce } from './judging.ts';
import { isRange } from './places.ts';
import { undoResponse } from './responding.ts';
import { RULES } from './rules.ts';
import * as store from './store.ts';
import * as alerts from './store-alerts.ts';
import { tryRule } from './trial.ts';

type System = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

const alertRoutes = (site: Site, http: Http, system: System, blocks: Blocks): void => {
  const took = async <T>(answer: T): Promise<T> => {
    await site.use(Defence).watch.flush();
    site.use(Identity).sessions.forget();
    return answer;
  };
  http.route(api.listAlerts, ({ query }) => system((tx) => alerts.alerts(tx, query)));
  http.route(api.readAlert, async ({ params }) => {
    const found = await system((tx) => alerts.alertDetail(tx, params.id));
    if (!found) throw fail('defence.unknown-alert');
    return found;
  });
  http.route(api.handleAlert, ({ actor, params, body }) => system((tx) => handle(site, tx, actor, params.id, body)));
  http.route(api.respondToAlert, async ({ actor, params, body }) => took({ id: await system((tx) => respondByHand(site, tx, blocks, actor, params.id, body)) }));
  http.route(api.undoResponse, async ({ actor, params, body }) => {
    const undone = await system((tx) => undoResponse(site, tx, params.id, actor, body.reason));
    if (!undone) throw fail('defence.unended');
    return took({ undone: true });
  });
  http.route(api.listSuppressions, async () => ({ items: await system(alerts.suppressions) }));
  http.route(api.endSuppression, async ({ actor, params }) => {
    await system(async (tx) => {
      const ended = await alerts.endSuppression(tx, params.id);
      if (!ended) throw fail('defence.unended');
      await site.audit.recordFor(tx, actor, { event: 'defence.suppressionEnded', subject: ended.subject, detail: { kind: ended.kind } });
    });
    return { ended: true };
  });
};

const ruleOf = (id: string) => {
  const rule = RULES.find((one) => one.id === id);
  if (!rule) throw fail('defence.unknown-rule');
  return rule;
};

const ruleRoutes = (site: Site, http: Http, system: System): void => {
  http.route(api.listRules, () => system(async (tx) => {
    const [inForce, rows, counts] = [await rulesInForce(tx), await store.ruleVersions(tx), await alerts.alertsByKind(tx)];
    return {
      items: inForce.map(({ id, version, settings, text, group }) => {
        const row = rows.find((one) => one.id === id);
        return { id, version, settings, ...text, group, initial: ruleOf(id).settings, changedAt: row?.at.toISOString() ?? null, changedBy: row?.name ?? null, alerts: counts.get(id) ?? 0 };
      }),
    };
  }));
  http.route(api.changeRule, async ({ actor, params, body }) => {
    ruleOf(params.id);
    await system(async (tx) => {
      if (!(await store.insertRule(tx, params.id, body.version, body.settings, { reason: body.reason, account: actor.accountId, name: actor.name }))) throw fail('defence.changed');
      await site.audit.recordFor(tx, actor, { event: 'defence.ruleChanged', subject: params.id, detail: { version: body.version + 1, settings: body.settings, reason: body.reason } });
    });
    site.use(Defence).watch.refresh();
    return { version: body.version + 1 };
  });
  http.route(api.tryRule, ({ params, body }) => system((tx) => tryRule(site, tx, { ...ruleOf(params.id), settings: body.settings }, body.days)));
  http.route(api.listPlaces, async () => ({ items: await system(store.places) }));
  http.route(api.keepPlaces, async ({ actor, body }) => {
    const bad = body.items.findIndex(({ range }) => !isRange(range));
    if (bad >= 0) throw fail('defence.bad-range', { range: body.items[bad]?.range ?? '' }, { issues: [{ path: `/body/items/${bad}/range`, code: 'field.pattern' }] });
    await system(async (tx) => {
      await store.replacePlaces(tx, body.items);
      await site.audit.recordFor(tx, actor, { event: 'defence.placesKept', subject: 'places', detail: { count: body.items.length, reason: body.reason } });
    });
    site.use(Defence).watch.refresh();
    return { kept: body.items.length };
  });
};

/** The security administrator's work with alerts and rules; the gate has checked the permission, and each act is recorded in its transaction. */
export const routes = (site: Site, http: Http, blocks: Blocks): void => {
  const { database } = site;
  const system: System = (work) => database.as(database.system, work);
  alertRoutes(site, http, system, blocks);
  ruleRoutes(site, http, system);
};
