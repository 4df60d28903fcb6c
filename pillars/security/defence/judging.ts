import { Calendars } from '@zhengwu/calendar';
import { dayOf } from '@zhengwu/clock';
import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import { evaluate, initial, type Finding, type State, type Surroundings } from './evaluate.ts';
import type { Kept } from './observation.ts';
import { placesOf, type Located } from './places.ts';
import { kindsOf, type Rule } from './rule.ts';
import { RULES } from './rules.ts';
import * as store from './store.ts';
import { workingTime } from './surroundings.ts';

const REFRESH_MS = 10_000;
/** Newest observations from which the memory of a rule is made anew. */
const MOST_REMEMBERED = 20_000;
const HOURS_A_DAY = 8;

/** The rules with the settings in force. */
export const rulesInForce = async (tx: Tx): Promise<Rule[]> => {
  const changed = new Map((await store.ruleVersions(tx)).map((row) => [row.id, row]));
  return RULES.map((rule) => {
    const row = changed.get(rule.id);
    return row ? { ...rule, version: row.version, settings: row.settings } : rule;
  });
};

/** What a rule needs to know besides: working hours, places, and what is usual for the accounts among `observations`. */
export const surroundingsFor = async (site: Site, tx: Tx, placeOf: (address: string) => Located | undefined, observations: readonly Kept[]): Promise<Surroundings> => {
  const readers = [...new Set(observations.flatMap((one) => (one.kind === 'read' && one.account !== null ? [one.account] : [])))];
  const usual = readers.length === 0 ? new Map<string, number>() : await store.usualReads(tx, readers, dayOf(site.clock.now()));
  return {
    placeOf,
    isWorkingTime: workingTime(() => site.use(Calendars).current()),
    usualReads: (account) => {
      const day = usual.get(account);
      return day === undefined ? undefined : day / HOURS_A_DAY;
    },
  };
};

export interface Judge {
  /** Judges what came after observation `judged`; the memory is made from what is kept when another process judged before. */
  judge(tx: Tx, observations: readonly Kept[], judged: number): Promise<{ rule: Rule; finding: Finding }[]>;
  /** Rules and places are read again before the next judgement. */
  refresh(): void;
}

/** The rules with their memory, in this process. */
export const openJudge = (site: Site): Judge => {
  let rules: Rule[] = [];
  let placeOf = placesOf([]);
  let readAt = 0;
  let memory: { states: Map<string, State>; judged: number } | undefined;
  const read = async (tx: Tx): Promise<void> => {
    if (Date.now() - readAt < REFRESH_MS) return;
    rules = await rulesInForce(tx);
    placeOf = placesOf(await store.places(tx));
    readAt = Date.now();
  };
  const remember = async (tx: Tx, judged: number): Promise<Map<string, State>> => {
    if (memory?.judged === judged) return memory.states;
    const states = new Map<string, State>();
    for (const rule of rules) {
      const past = await store.observations(tx, kindsOf(rule), Date.now() - rule.settings.windowSeconds * 1000, judged, MOST_REMEMBERED);
      states.set(rule.id, evaluate(rule, past, initial, await surroundingsFor(site, tx, placeOf, past)).state);
    }
    return states;
  };
  return {
    refresh: () => void (readAt = 0),
    judge: async (tx, observations, judged) => {
      await read(tx);
      const states = new Map(await remember(tx, judged));
      // Taken back by a transaction that fails: the next one remembers anew.
      memory = undefined;
      const around = await surroundingsFor(site, tx, placeOf, observations);
      const found = rules.flatMap((rule) => {
        const { state, findings } = evaluate(rule, observations, states.get(rule.id) ?? initial, around);
        states.set(rule.id, state);
        return findings.map((finding) => ({ rule, finding }));
      });
      memory = { states, judged: observations.at(-1)?.seq ?? judged };
      return found;
    },
  };
};
