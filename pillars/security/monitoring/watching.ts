import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import { dueToldOf, judge, stepsOf, type Rule } from './alerting.ts';
import { burningOf } from './objectives.ts';
import * as store from './store-alerts.ts';
import { countOver, objectives } from './store-objectives.ts';

const windowsOf = (rules: readonly Rule[]): number[] =>
  [...new Set(rules.flatMap(({ condition }) => (condition.kind === 'burn' ? [condition.shortMinutes, condition.longMinutes] : [])))];

const judgeAll = async (tx: Tx, rules: readonly Rule[], now: Date): Promise<void> => {
  const [open, seen, promised, over] = [await store.openAlerts(tx), await store.seenNow(tx), await objectives(tx), await countOver(tx, now, windowsOf(rules))];
  const burning = promised.map((one) => burningOf(one, (minutes) => over(one.group, minutes)));
  for (const rule of rules) {
    const steps = stepsOf(rule, open.filter((alert) => alert.rule === rule.id), judge(rule, seen, burning, now), now);
    for (const match of steps.begin) await store.beginAlert(tx, rule, match, now);
    for (const match of steps.update) await store.updateAlert(tx, match);
    await store.fireAlerts(tx, steps.fire);
    await store.forgetPending(tx, steps.forget);
    await store.resolveAlerts(tx, steps.resolve, now);
  }
  // A rule that was switched off says nothing any more.
  const live = new Set(rules.map(({ id }) => id));
  const orphans = open.filter(({ rule }) => !live.has(rule));
  await store.forgetPending(tx, orphans.filter(({ state }) => state === 'pending').map(({ id }) => id));
  await store.resolveAlerts(tx, orphans.filter(({ state }) => state !== 'pending').map(({ id }) => id), now);
};

/** Tells whoever is due, by an event that others deliver: security knows no mail. */
const tell = async (tx: Tx, events: Site['events'], rules: readonly Rule[], now: Date): Promise<void> => {
  const open = await store.openAlerts(tx);
  const [told, silences] = [await store.toldOf(tx, open.map(({ id }) => id)), await store.silences(tx, 500)];
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  for (const alert of open) {
    const rule = byId.get(alert.rule);
    if (!rule) continue;
    for (const { role } of dueToldOf(alert, rule, new Set(told.get(alert.id)?.map((one) => one.role)), silences, now)) {
      await store.noteTold(tx, alert.id, role, now);
      await events.append(tx, { type: 'alert.raised', subject: alert.id, payload: { role, severity: alert.severity, name: alert.name, about: alert.subject, note: alert.note } });
    }
  }
};

/** Judges every rule on what is known now and tells who is due; all in one transaction, so that nobody is told twice. */
export const watchRules = async ({ database, events, clock }: Pick<Site, 'database' | 'events' | 'clock'>): Promise<void> =>
  database.as(database.system, async (tx) => {
    const [now, rules] = [clock.now(), (await store.rules(tx)).filter(({ isOn }) => isOn)];
    await judgeAll(tx, rules, now);
    await tell(tx, events, rules, now);
  });
