import { acknowledgeAlert, addSilence, endSilence, listAlertRules, listObjectives, listOperationalAlerts, listSilences, putAlertRule } from '@zhengwu/contracts';
import { once } from '@zhengwu/database';
import type { Http } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import { budgetLeft, burnOf, goodOf, WINDOWS } from './objectives.ts';
import { isNamed } from './series.ts';
import * as store from './store-alerts.ts';
import { countDays, countOver, objectives } from './store-objectives.ts';

const cursorOf = (after: string | undefined): { part: number; id: string } | null => {
  const [, part, id] = /^([01]):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(after ?? '') ?? [];
  return part === undefined || id === undefined ? null : { part: Number(part), id };
};

const alertRoutes = ({ database, audit, clock }: Site, http: Http): void => {
  http.route(listOperationalAlerts, ({ actor, query }) => database.as(actor, async (tx) => {
    const limit = query.limit ?? 20;
    const rows = await store.alerts(tx, query.state ?? null, cursorOf(query.after), limit + 1);
    const [page, now] = [rows.slice(0, limit), clock.now()];
    const [told, quiet] = [await store.toldOf(tx, page.map(({ id }) => id)), (await store.silences(tx, 500)).filter(({ until }) => until > now)];
    const items = page.map((row) => ({
      ...row, severity: row.severity as 'low', since: row.since.toISOString(), resolvedAt: row.resolvedAt?.toISOString() ?? null,
      silence: quiet.find(({ series }) => isNamed(series, row.series))?.reason ?? null, told: (told.get(row.id) ?? []).map(({ at, role }) => ({ at: at.toISOString(), role })),
    }));
    const last = page.at(-1);
    return { items, next: rows.length > limit && last ? `${last.state === 'resolved' ? 1 : 0}:${last.id}` : null, open: await store.openCount(tx) };
  }, { readOnly: true }));
  http.route(acknowledgeAlert, ({ actor, params }) => database.as(actor, async (tx) => {
    if (!(await store.acknowledge(tx, params.id, actor.name))) throw fail('monitoring.not-found');
    await audit.record(tx, { event: 'alert.acknowledged', subject: params.id });
    return {};
  }));
};

const silenceRoutes = ({ database, audit, clock }: Site, http: Http): void => {
  http.route(listSilences, ({ actor }) => database.as(actor, async (tx) => ({
    items: (await store.silences(tx)).map((one) => ({ ...one, from: one.from.toISOString(), until: one.until.toISOString(), isActive: one.until > clock.now() })),
  }), { readOnly: true }));
  http.route(addSilence, ({ actor, body, idempotencyKey, requestHash }) => database.as(actor, async (tx) => {
    const { answer } = await once(tx, { operation: addSilence.id, key: idempotencyKey, requestHash }, async () => {
      const [id, from] = [uuidv7(), clock.now()];
      await store.insertSilence(tx, { id, series: body.series, reason: body.reason, from, until: new Date(from.getTime() + body.minutes * 60_000), by: actor.name });
      await audit.record(tx, { event: 'alert.silenced', subject: id, detail: { ...body } });
      return { status: 201, answer: { id } };
    });
    return answer as { id: string };
  }));
  http.route(endSilence, ({ actor, params }) => database.as(actor, async (tx) => {
    if (!(await store.endSilence(tx, params.id, clock.now()))) throw fail('monitoring.not-found');
    await audit.record(tx, { event: 'alert.silenceEnded', subject: params.id });
    return {};
  }));
};

const ruleRoutes = ({ database, audit }: Site, http: Http): void => {
  http.route(listAlertRules, ({ actor }) => database.as(actor, async (tx) => {
    const open = await store.alerts(tx, 'firing', null, 1000);
    return { items: (await store.rules(tx)).map((rule) => ({ ...rule, firing: open.filter((alert) => alert.rule === rule.id).length })) };
  }, { readOnly: true }));
  http.route(putAlertRule, ({ actor, params, body: { version: seen, ...body } }) => {
    const { condition } = body;
    if (condition.kind === 'burn' && condition.shortMinutes >= condition.longMinutes) throw fail('monitoring.rule-refused');
    return database.as(actor, async (tx) => {
      const version = await store.putRule(tx, params.id, seen, body);
      if (version === null) throw fail('monitoring.changed-meanwhile');
      await audit.record(tx, { event: 'alert.ruleChanged', subject: params.id, detail: { version, ...body } });
      return { version };
    });
  });
};

const objectiveRoutes = ({ database, clock }: Site, http: Http): void => {
  http.route(listObjectives, ({ actor }) => database.as(actor, async (tx) => {
    const [now, list] = [clock.now(), await objectives(tx)];
    const over = await countOver(tx, now, WINDOWS);
    const items = [];
    for (const one of list) {
      const counted = await countDays(tx, now, one.group, one.days);
      const good = goodOf(one, counted);
      items.push({
        ...one, requests: counted.total, good, share: counted.total === 0 ? null : good / counted.total, budgetLeft: budgetLeft(one, counted),
        burns: WINDOWS.map((minutes) => ({ minutes, times: burnOf(one, over(one.group, minutes)) })),
      });
    }
    return { items };
  }, { readOnly: true }));
};

export const alertingRoutes = (site: Site, http: Http): void => {
  alertRoutes(site, http);
  silenceRoutes(site, http);
  ruleRoutes(site, http);
  objectiveRoutes(site, http);
};
