import type { Tx } from '@zhengwu/database';
import type { NamedDefinition } from './definitions.ts';
import type { kindOf } from './engine/command.ts';
import type { Definition, Json } from './engine/model.ts';
import type { State } from './engine/state.ts';

export interface InstanceRow {
  id: string;
  definition: string;
  version: number;
  state: State;
}

/** What becomes of an instance: begun (`version` null), or gone on from the version that was read. */
export interface InstanceWrite {
  id: string;
  definition: string;
  version: number | null;
  state: State;
  timers: { timer: string; due: string; kind?: ReturnType<typeof kindOf>; started?: string }[];
  cancelledTimers: string[];
  subscriptions: { subscription: string; kind: string; name: string; correlation: Json }[];
  cancelledSubscriptions: string[];
  /** From this instant the timers stand still. */
  held?: string;
  /** At this instant they go on with what was left of them. */
  released?: string;
}

export interface Diagram {
  xml: string;
  active: string[];
  incidents: string[];
}

export interface DueTimer {
  instance: string;
  timer: string;
  attempts: number;
}

export const insertDefinition = async (tx: Tx, { hash, source, definition, xml }: NamedDefinition): Promise<void> => {
  await tx.query('insert into processes.definition (hash, process, source, xml, compiled) values ($1, $2, $3, $4, $5::jsonb) on conflict (hash) do nothing',
    [hash, definition.id, source, xml, JSON.stringify(definition)]);
};

/** The definition and the others of its file. */
export const selectDefinitions = async (tx: Tx, hash: string): Promise<{ hash: string; compiled: Definition }[]> =>
  (await tx.query<{ hash: string; compiled: Definition }>(
    'select hash, compiled from processes.definition where source = (select source from processes.definition where hash = $1)', [hash])).rows;

export const selectInstance = async (tx: Tx, id: string, forUpdate: boolean): Promise<InstanceRow | undefined> =>
  (await tx.named<InstanceRow>(
    forUpdate ? 'processes.lock' : 'processes.load',
    `select id, definition, version, state from processes.instance where id = $1${forUpdate ? ' for update' : ''}`, [id])).rows[0];

/** Answers the version that was written. */
export const writeInstance = async (tx: Tx, write: InstanceWrite): Promise<number> => {
  await tx.named('processes.write', 'select processes.write($1::jsonb)', [JSON.stringify([write])]);
  return (write.version ?? 0) + 1;
};

/** Running and suspended instances of a definition, a page at a time in order of id. */
export const selectLive = async (tx: Tx, definition: string, after: string, most: number): Promise<InstanceRow[]> =>
  (await tx.query<InstanceRow>(
    `select id, definition, version, state from processes.instance where definition = $1 and state->>'s' in ('running', 'suspended') and id > $2 order by id limit $3`,
    [definition, after, most])).rows;

/** Gives timers other ids and leaves their due times; in two strokes, because ids may change places. */
export const renameTimers = async (tx: Tx, instance: string, names: readonly { timer: string; to: string }[]): Promise<void> => {
  if (names.length === 0) return;
  await tx.query(`update processes.timer t set timer = '~' || n."to" from jsonb_to_recordset($2::jsonb) n(timer text, "to" text) where t.instance = $1 and t.timer = n.timer`, [instance, JSON.stringify(names)]);
  await tx.query(`update processes.timer set timer = substr(timer, 2) where instance = $1 and timer like '~%'`, [instance]);
};

/** Instances that wait for the message or signal. */
export const selectSubscribers = async (tx: Tx, kind: 'message' | 'signal', name: string, correlation: Json | undefined): Promise<string[]> =>
  (await tx.query<{ instance: string }>(
    `select distinct instance from processes.subscription where kind = $1 and name = $2 and (correlation is null or correlation = $3::jsonb) order by instance`,
    [kind, name, correlation === undefined ? null : JSON.stringify(correlation)])).rows.map((row) => row.instance);

export const selectDiagram = async (tx: Tx, id: string): Promise<Diagram | null> =>
  (await tx.query<{ diagram: Diagram | null }>('select processes.diagram($1) as diagram', [id])).rows[0]?.diagram ?? null;

export const claimTimers = async (tx: Tx, most: number, seconds: number): Promise<DueTimer[]> =>
  (await tx.named<DueTimer>('processes.claim', 'select instance, timer, attempts from processes.claim_timers($1, $2)', [most, seconds])).rows;

export const settleTimer = async (tx: Tx, { instance, timer }: DueTimer, done: boolean): Promise<void> => {
  await tx.named('processes.settle', 'select processes.settle_timer($1, $2, $3)', [instance, timer, done]);
};
