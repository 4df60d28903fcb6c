import type { ControlView, SecurityState } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { runChecks, type Check, type Checked, type Looked } from './checks.ts';
import { controls, type Control, type ControlState } from './controls/all.ts';
import { evidence } from './controls/evidence.ts';
import { titleOf } from './controls/titles.ts';
import { today } from './keeping.ts';
import { domains, openStates, registers } from './registers/all.ts';
import * as duties from './store-duties.ts';
import * as store from './store-state.ts';
import { counts, type Count } from './store.ts';

/** What a machine saw: checks that hold, registers that are kept. */
export interface Seen {
  checks: readonly (Check & Checked)[];
  kept: ReadonlySet<string>;
}

export const look = async (site: Looked, tx: Tx): Promise<Seen> => ({ checks: await runChecks(site, tx), kept: new Set(await store.keptRegisters(tx)) });

const proofOf = (code: string, { checks, kept }: Seen): ControlView['evidence'][number] => {
  const { kind, place } = evidence[code] ?? { kind: 'document', place: '' };
  const seen = kind === 'check' ? checks.find((one) => one.code === place) : undefined;
  const holds = kind === 'check' ? seen?.holds === true : kind === 'register' ? kept.has(place) : true;
  return { code, kind, place, title: titleOf(code), state: kind === 'test' ? 'tested' : holds ? 'holds' : 'fails', found: seen?.found ?? null };
};

/** A control as it stands: what we declare, lowered to “partly” where a machine sees that its evidence fails. */
export const judged = ({ standard, id, level, title, state, note, evidence: cited }: Control, seen: Seen): ControlView => {
  const proofs = cited.map((code) => proofOf(code, seen));
  const now: ControlState = state === 'met' && proofs.some((one) => one.state === 'fails') ? 'partly' : state;
  return { standard, id, level, title, declared: state, state: now, note: note?.text ?? null, owner: note?.owner ?? null, evidence: proofs };
};

const worth: Readonly<Record<ControlState, number | null>> = { met: 1, partly: 0.5, unmet: 0, na: null };
const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length);

/** 0 to 100: half the level-3 controls of the domain, half the entries that are neither overdue nor unreviewed; null without either. */
const scoreOf = (domain: number, views: readonly ControlView[], { total, overdue, unreviewed }: Omit<Count, 'register' | 'open'>): number | null => {
  const own = views.filter((one, at) => one.standard === 'level3' && controls[at]?.domain === domain).flatMap((one) => worth[one.state] ?? []);
  const parts = [mean(own), total === 0 ? null : 1 - Math.min(total, overdue + unreviewed) / total].filter((one) => one !== null);
  const score = mean(parts);
  return score === null ? null : Math.round(100 * score);
};

const summed = (rows: readonly Count[]): Omit<Count, 'register'> => rows.reduce((sum, one) => ({ total: sum.total + one.total, open: sum.open + one.open, overdue: sum.overdue + one.overdue, unreviewed: sum.unreviewed + one.unreviewed }), { total: 0, open: 0, overdue: 0, unreviewed: 0 });

const tally = (views: readonly ControlView[], standard: string, level: number | null) => {
  const own = views.filter((one) => one.standard === standard && one.level === level);
  const of = (state: ControlState) => own.filter((one) => one.state === state).length;
  return { standard, level, counts: { met: of('met'), partly: of('partly'), unmet: of('unmet'), na: of('na') } };
};

const plain = (words: string) => ({ zh: words, en: words });
const nextSteps = async (tx: Tx, seen: Seen, views: readonly ControlView[], day: string): Promise<SecurityState['next']> => [
  ...(await store.urgent(tx, openStates, day, 8)).map(({ id, number, title }) => ({ text: plain(`${number} ${title}`), entry: id, node: null })),
  ...seen.checks.filter((one) => !one.holds).map(({ name, found }) => ({ text: { zh: `尚未做到：${name.zh}${found === '-' ? '' : `（现为 ${found}）`}`, en: `Not yet so: ${name.en}${found === '-' ? '' : ` (now ${found})`}` }, entry: null, node: null })),
  ...views.filter((one) => one.state === 'unmet' && (one.level ?? 1) === 1).map((one) => ({ text: { zh: `${one.id} ${one.title.zh}：${one.note?.zh ?? ''}`, en: `${one.id} ${one.title.en}: ${one.note?.en ?? ''}` }, entry: null, node: `control:${one.standard}/${one.id}` })),
].slice(0, 20);

/** One state of security from all ten domains. Counts follow the reach of whom `tx` runs as. */
export const stateOf = async (site: Looked, tx: Tx): Promise<SecurityState> => {
  const day = today(site);
  const seen = await look(site, tx);
  const views = controls.map((one) => judged(one, seen));
  const counted = await counts(tx, openStates, day);
  const rows = domains.map((name, at) => {
    const codes = new Set(registers.filter((one) => one.domain === at + 1).map(({ code }) => code));
    const { total, open, overdue, unreviewed } = summed(counted.filter((one) => codes.has(one.register)));
    return { domain: at + 1, name, score: scoreOf(at + 1, views, { total, overdue, unreviewed }), entries: total, open, overdue, unreviewed };
  });
  const score = mean(rows.flatMap((one) => one.score ?? []));
  const drills = (await store.drills(tx, 5)).map(({ measured, target, at, ...one }) => ({ ...one, measuredSeconds: measured, targetSeconds: target, at: at.toISOString() }));
  return {
    at: site.clock.now().toISOString(), score: score === null ? null : Math.round(score), domains: rows,
    controls: [tally(views, 'level3', null), ...[1, 2, 3].map((level) => tally(views, 'asvs', level))],
    findings: await store.findings(tx, openStates, day), checks: seen.checks.map(({ code, name, holds, found }) => ({ code, name, holds, found })),
    unclassified: await store.unclassified(tx), unread: await duties.unread(tx), drills, next: await nextSteps(tx, seen, views, day),
  };
};
