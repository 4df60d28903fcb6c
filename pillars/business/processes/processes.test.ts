import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import { applyCommand, fireDueTimers, migrateInstance, previewInstances, processesModule, startInstance, type World } from './index.ts';
import { openProcesses, type OpenProcesses } from './processes.ts';
import { selectInstance, writeInstance } from './store.ts';
import { flows, process, user } from './engine/fixture.ts';

const xml = process(
  `${user('t')}${user('late')}<boundaryEvent id="b" attachedToRef="t"><timerEventDefinition zhengwu:workingDays="1"/></boundaryEvent>
   <intermediateCatchEvent id="m"><messageEventDefinition messageRef="msg"/></intermediateCatchEvent>`,
  's>t, t>m, m>e, b>late, late>e', '<message id="msg" name="paid" zhengwu:correlation="no"/>',
);
const past = '2020-01-01T00:00:00.000Z';
const world: World = { now: new Date('2026-11-23T01:00:00Z'), dueOf: () => past };
const quiet = { error: () => undefined };
let database: TestDatabase;
let processes: OpenProcesses;
let hash: string;

beforeAll(async () => {
  database = await createTestDatabase({ modules: [processesModule] });
  processes = openProcesses(database);
  hash = (await processes.keep(xml))[0]?.hash ?? '';
});
afterAll(() => database.drop());

const begin = async (due = past): Promise<string> => {
  const id = uuidv7();
  await database.as(database.system, (tx) => startInstance(tx, id, hash, { type: 'start', variables: { no: 7 } }, { ...world, dueOf: () => due }));
  return id;
};
const complete = (id: string, token = 1) => database.as(database.system, (tx) => applyCommand(tx, id, { type: 'completeTask', token }, world));
const diagram = (id: string) => database.as(database.system, (tx) => processes.diagram(tx, id));
const far = '2100-01-01T00:00:00.000Z';

describe('definitions', () => {
  test('are kept once, by content, and refused with every reason', async () => {
    expect((await processes.keep(xml))[0]?.hash).toBe(hash);
    expect((await processes.definition(hash)).id).toBe('p');
    await expect(processes.keep(process('<serviceTask id="x"/>', 's>x, x>e'))).rejects.toMatchObject({ code: 'process.refused', extra: { issues: [{ element: 'x' }] } });
    await expect(processes.definition('0'.repeat(64))).rejects.toMatchObject({ code: 'process.unknown' });
  });
});

describe('instances', () => {
  test('go on from what was stored, with timers and subscriptions beside them', async () => {
    const id = await begin(far);
    expect(await diagram(id)).toEqual({ xml, active: ['t'], incidents: [] });
    expect((await complete(id)).rejection).toBeUndefined();
    expect((await complete(id)).rejection?.code).toBe('unknown-token');
    const rows = await database.as(database.system, (tx) => tx.query('select kind, name, correlation from processes.subscription where instance = $1', [id]));
    expect(rows.rows).toEqual([{ kind: 'message', name: 'paid', correlation: 7 }]);
    expect((await database.as(database.system, (tx) => tx.query('select 1 from processes.timer where instance = $1', [id]))).rowCount).toBe(0);
    expect(await database.as(database.system, (tx) => processes.subscribers(tx, 'message', 'paid', 7))).toEqual([id]);
    expect(await database.as(database.system, (tx) => processes.subscribers(tx, 'message', 'paid', 8))).toEqual([]);
    await database.as(database.system, (tx) => applyCommand(tx, id, { type: 'deliverMessage', name: 'paid', correlation: 7 }, world));
    expect(await diagram(id)).toMatchObject({ active: [] });
    expect(await database.as(database.system, (tx) => processes.subscribers(tx, 'message', 'paid', 7))).toEqual([]);
  });

  test('two workers on one task: one wins, the other is told', async () => {
    const id = await begin(far);
    const results = await Promise.all([complete(id), complete(id), complete(id)]);
    expect(results.filter(({ rejection }) => !rejection)).toHaveLength(1);
    expect(results.filter(({ rejection }) => rejection?.code === 'unknown-token')).toHaveLength(2);
  });

  test('a write from an older version is refused whole', async () => {
    const id = await begin(far);
    const row = await database.as(database.system, (tx) => selectInstance(tx, id, false));
    await complete(id);
    const stale = { id, definition: hash, version: row?.version ?? 0, state: row?.state as never, timers: [], cancelledTimers: [], subscriptions: [], cancelledSubscriptions: [] };
    await expect(database.as(database.system, (tx) => writeInstance(tx, stale))).rejects.toMatchObject({ code: 'process.changed' });
  });

  test('nobody but the platform sees or changes them directly', async () => {
    const id = await begin(far);
    for (const kind of ['official', 'citizen', 'public'] as const) {
      const actor = { ...database.system, kind, scope: 'all' as const, subjects: [id] };
      expect(await database.as(actor, (tx) => selectInstance(tx, id, false))).toBeUndefined();
      await expect(database.as(actor, (tx) => startInstance(tx, uuidv7(), hash, { type: 'start' }, world))).rejects.toThrow();
    }
  });

  test('a model changed in the database is not possible, nor is its deletion', async () => {
    await expect(database.as(database.system, (tx) => tx.query('delete from processes.definition'))).rejects.toThrow(/permission denied/);
  });
});

test('a running instance moves to a new version after a preview; its timer keeps its due time', async () => {
  const id = await begin(far);
  const [next] = await processes.keep(xml.replace('<startEvent id="s"/>', '<startEvent id="s"/><task id="new"/>').replace('<sequenceFlow id="s_t" sourceRef="s" targetRef="t">', '<sequenceFlow id="s_n" sourceRef="s" targetRef="new"/><sequenceFlow id="s_t" sourceRef="new" targetRef="t">'));
  const [bad] = await processes.keep(process(user('other'), 's>other, other>e'));
  await database.as(database.system, async (tx) => {
    expect((await previewInstances(tx, hash, bad?.hash ?? '', {}, world)).get(id)).toMatchObject([{ element: 't', rule: 'element.gone' }]);
    expect((await previewInstances(tx, hash, next?.hash ?? '', {}, world)).get(id)).toEqual([]);
    expect((await migrateInstance(tx, id, bad?.hash ?? '', {}, world)).problems).toHaveLength(1);
    expect((await migrateInstance(tx, id, next?.hash ?? '', {}, world)).problems).toEqual([]);
    const timers = await tx.query('select timer, due from processes.timer where instance = $1', [id]);
    expect(timers.rows).toEqual([{ timer: '1.5', due: new Date(far) }]);
    expect((await selectInstance(tx, id, false))?.definition).toBe(next?.hash);
    expect((await applyCommand(tx, id, { type: 'fireTimer', timer: '1.5' }, world)).rejection).toBeUndefined();
  });
  expect(await diagram(id)).toMatchObject({ active: ['late'] });
});

describe('timers', () => {
  const fireAll = () => fireDueTimers(database, async (instance, timer) => {
    await database.as(database.system, (tx) => applyCommand(tx, instance, { type: 'fireTimer', timer }, world));
  }, quiet);

  test('fire once when due, also with several workers at once', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => begin()));
    const later = await begin(far);
    const counts = await Promise.all([fireAll(), fireAll(), fireAll()]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(8);
    for (const id of ids) expect((await diagram(id)).active).toEqual(['late']);
    expect((await diagram(later)).active).toEqual(['t']);
    expect(await fireAll()).toBe(0);
  });

  test('one that fails rests and comes again; a stale one falls away', async () => {
    const id = await begin();
    const failing = () => fireDueTimers(database, () => Promise.reject(new Error('down')), quiet);
    expect(await failing()).toBe(0);
    expect(await fireAll()).toBe(0);
    await database.as(database.system, (tx) => tx.query('update processes.timer set claimed_until = null where instance = $1', [id]));
    expect(await fireAll()).toBe(1);
    expect((await diagram(id)).active).toEqual(['late']);
    await database.as(database.system, (tx) => tx.query('insert into processes.timer (instance, timer, due) values ($1, $2, now())', [id, '1.99']));
    expect(await fireAll()).toBe(1);
    expect((await database.as(database.system, (tx) => tx.query('select 1 from processes.timer where instance = $1', [id]))).rowCount).toBe(0);
  });
});

test('a called process shows as its calling element', async () => {
  const calling = process('<callActivity id="c" calledElement="q"/>', 's>c, c>e').replace('</definitions>',
    `<process id="q" isExecutable="true"><startEvent id="qs"/>${user('inner')}<endEvent id="qe"/>${flows('qs>inner, inner>qe')}</process></definitions>`);
  const id = uuidv7();
  const outer = (await processes.keep(calling)).find(({ definition }) => definition.id === 'p')?.hash ?? '';
  const { effects } = await database.as(database.system, (tx) => startInstance(tx, id, outer, { type: 'start' }, world));
  expect(effects).toContainEqual(expect.objectContaining({ type: 'openTask', element: 'inner' }));
  expect((await diagram(id)).active).toEqual(['c']);
});
