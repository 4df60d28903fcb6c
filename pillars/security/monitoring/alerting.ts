import type { Condition, Health, RuleBody, Text } from '@zhengwu/contracts';
import { isNamed } from './series.ts';

/** What a rule may look at. */
export interface Seen {
  series: string;
  name: Text;
  state: Health;
  value: number | null;
  note: Text;
  at: Date;
}

/** How fast an objective burns: the times of its even pace by window, and how many failures stand behind it. */
export interface Burning {
  objective: string;
  name: Text;
  /** Failures and pace within the last so many minutes. */
  over(minutes: number): { times: number; failures: number };
}

export interface Rule extends RuleBody {
  id: string;
}

/** A series on which a rule's condition holds now. */
export interface Match {
  series: string;
  subject: Text;
  note: Text;
  value: number | null;
}

export interface OpenAlert {
  id: string;
  rule: string;
  series: string;
  state: 'pending' | 'firing' | 'acknowledged';
  since: Date;
}

const RANK: Readonly<Record<Health, number>> = { unknown: 0, good: 0, warning: 1, bad: 2 };
/** A reading older than this tells nothing about now. */
const STALE_MS = 10 * 60_000;
/** Failures in the long window below which a burning budget is chance. */
const FEWEST_FAILURES = 5;

const holds = (condition: Exclude<Condition, { kind: 'burn' }>, { state, value }: Seen): boolean => {
  if (condition.kind === 'state') return RANK[state] >= RANK[condition.atLeast];
  return value !== null && (condition.op === 'above' ? value > condition.threshold : value < condition.threshold);
};

const burnMatch = (condition: Extract<Condition, { kind: 'burn' }>, { objective, name, over }: Burning): Match | null => {
  const [short, long] = [over(condition.shortMinutes), over(condition.longMinutes)];
  if (short.times < condition.times || long.times < condition.times || long.failures < FEWEST_FAILURES) return null;
  const times = Math.round(short.times * 10) / 10;
  return { series: `objective:${objective}`, subject: name, value: times, note: { zh: `错误预算正以 ${times} 倍速度消耗，${condition.longMinutes} 分钟内 ${long.failures} 次未达标`, en: `The error budget burns ${times} times too fast; ${long.failures} misses in ${condition.longMinutes} minutes` } };
};

/** Where a rule's condition holds, and which series say nothing now, so that nothing is concluded from them. */
export const judge = ({ condition }: Rule, seen: readonly Seen[], burning: readonly Burning[], now: Date): { matches: Match[]; silent: Set<string> } => {
  if (condition.kind === 'burn') {
    const asked = burning.filter(({ objective }) => condition.objective === null || condition.objective === objective);
    return { matches: asked.flatMap((one) => burnMatch(condition, one) ?? []), silent: new Set() };
  }
  const named = seen.filter(({ series }) => isNamed(condition.series, series));
  const isStale = ({ at }: Seen): boolean => now.getTime() - at.getTime() > STALE_MS;
  return {
    matches: named.filter((one) => !isStale(one) && holds(condition, one)).map(({ series, name, note, value }) => ({ series, subject: name, note, value })),
    silent: new Set(named.filter(isStale).map(({ series }) => series)),
  };
};

/** What becomes of a rule's alerts. */
export interface Steps {
  begin: (Match & { state: 'pending' | 'firing' })[];
  fire: string[];
  forget: string[];
  resolve: string[];
  update: (Match & { id: string })[];
}

/** A condition begins an alert, which fires once it has held for the rule's minutes; one that ends before is forgotten, one that fired resolves. */
export const stepsOf = (rule: Pick<Rule, 'forMinutes'>, open: readonly OpenAlert[], { matches, silent }: ReturnType<typeof judge>, now: Date): Steps => {
  const steps: Steps = { begin: [], fire: [], forget: [], resolve: [], update: [] };
  const known = new Map(open.map((alert) => [alert.series, alert]));
  for (const match of matches) {
    const alert = known.get(match.series);
    if (!alert) steps.begin.push({ ...match, state: rule.forMinutes === 0 ? 'firing' : 'pending' });
    else {
      steps.update.push({ ...match, id: alert.id });
      if (alert.state === 'pending' && now.getTime() - alert.since.getTime() >= rule.forMinutes * 60_000) steps.fire.push(alert.id);
    }
  }
  const matched = new Set(matches.map(({ series }) => series));
  for (const { id, series, state } of open) {
    if (matched.has(series) || silent.has(series)) continue;
    (state === 'pending' ? steps.forget : steps.resolve).push(id);
  }
  return steps;
};

export interface Due {
  alert: string;
  role: string;
}

/** Who is to be told now: those whose minutes have passed since the alert began and who were not told, unless somebody works on it or it is silenced. */
export const dueToldOf = (alert: { id: string; state: string; series: string; since: Date }, rule: Pick<Rule, 'told'>, told: ReadonlySet<string>, silences: readonly { series: string; until: Date }[], now: Date): Due[] => {
  if (alert.state !== 'firing' || silences.some(({ series, until }) => until > now && isNamed(series, alert.series))) return [];
  return rule.told.filter(({ role, afterMinutes }) => !told.has(role) && now.getTime() - alert.since.getTime() >= afterMinutes * 60_000).map(({ role }) => ({ alert: alert.id, role }));
};
