import type { ResponseOf, tryRule as operation } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import { evaluate, initial } from './evaluate.ts';
import { surroundingsFor } from './judging.ts';
import { placesOf } from './places.ts';
import { kindsOf, type Rule } from './rule.ts';
import { observations, places } from './store.ts';
import { namesOf } from './store-alerts.ts';

const DAY_MS = 86_400_000;
const MOST = 50_000;
const MOST_FINDINGS = 200;

/** What a rule would have found in the last days, without an alert and without a response. Of very many observations the newest are looked at, and it says so. */
export const tryRule = async (site: Site, tx: Tx, rule: Rule, days: number): Promise<ResponseOf<typeof operation>> => {
  const seen = await observations(tx, kindsOf(rule), Date.now() - days * DAY_MS, Number.MAX_SAFE_INTEGER, MOST);
  const around = await surroundingsFor(site, tx, placesOf(await places(tx)), seen);
  const found = evaluate({ ...rule, settings: { ...rule.settings, isOn: true } }, seen, initial, around).findings.slice(0, MOST_FINDINGS);
  const names = await namesOf(tx, found.map(({ subject }) => subject));
  return {
    observations: seen.length, isWhole: seen.length < MOST,
    findings: found.map(({ subject, at, evidence }) => ({ subject, subjectName: names.get(subject) ?? null, at: new Date(at).toISOString(), times: evidence.length })),
  };
};
