import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@zhengwu/database';
import { eventsSchema } from '@zhengwu/events';
import { processesModule } from './module.ts';
import { openProcesses, type OpenProcesses } from './processes.ts';
import { fireDueStarts, hearAlone, type Surroundings } from './starts.ts';
import { file, flows, user } from './engine/fixture.ts';

const model = (start: string, work = '<task id="w"/>', roots = '', id = 'p'): string =>
  file(`${roots}<process id="${id}" isExecutable="true">${start}${work}<endEvent id="e"/>${flows('s>w, w>e')}</process>`);
const timer = (inner: string): string => `<startEvent id="s"><timerEventDefinition>${inner}</timerEventDefinition></startEvent>`;
const cycle = (text: string): string => timer(`<timeCycle>${text}</timeCycle>`);

const around: Surroundings = { dueOf: () => '2026-11-25T15:59:59.999Z' };
const at = (text: string): Date => new Date(`2026-11-${text}Z`);
const errors: unknown[] = [];
const log = { error: (entry: unknown) => void errors.push(entry) };
let database: TestDatabase;
let processes: OpenProcesses;
/** Each test has a pack of its own. */
let owner = '';
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase({ modules: [eventsSchema, processesModule] });
  processes = openProcesses(database);
});
afterAll(() => database.drop());
beforeEach(async () => {
  errors.length = 0;
  owner = `pack${(count += 1)}`;
  await processes.activate([], at('23T00:00:00'), around);
});

const activate = async (xml: string, now: Date): Promise<void> =>
  processes.activate((await processes.keep(xml)).map(({ hash }) => ({ owner, hash })), now, around);
const fire = (now: Date) => fireDueStarts(database, now, around, log);
const causes = async (): Promise<string[]> =>
  (await database.as(database.system, (tx) => tx.query<{ cause: string }>("select cause from processes.begun where process like $1 || '/%' order by cause", [owner]))).rows.map((row) => row.cause.slice(8, 19));
const OWN = "select id from processes.instance where id in (select instance from processes.begun where process like $1 || '/%')";
const instances = async () => (await database.as(database.system, (tx) => tx.query(OWN, [owner]))).rowCount;

describe('timer starts (BPMN 2.0 §10.5.2)', () => {
  test('a cycle begins once for each due time, with several workers, missed times and restarts', async () => {
    await activate(model(cycle('R3/PT1H')), at('23T00:00:00'));
    expect(await fire(at('23T00:59:59'))).toBe(0);
    const counts = await Promise.all([1, 2, 3, 4].map(() => fire(at('23T02:30:00'))));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2);
    await activate(model(cycle('R3/PT1H')), at('23T02:31:00'));
    expect(await fire(at('23T02:32:00'))).toBe(0);
    expect(await fire(at('24T00:00:00'))).toBe(1);
    expect(await causes()).toEqual(['23T01:00:00', '23T02:00:00', '23T03:00:00']);
    expect(await instances()).toBe(3);
    expect(await fire(at('30T00:00:00'))).toBe(0);
  });

  test('date, duration and working days begin once; a date that has passed does not', async () => {
    for (const [inner, before, after] of [
      ['<timeDate>2026-11-24T08:00:00+08:00</timeDate>', '23T23:59:59', '24T00:00:00'],
      ['<timeDuration>P1D</timeDuration>', '23T23:59:59', '24T00:00:00'],
    ] as const) {
      await activate(model(timer(inner)), at('23T00:00:00'));
      expect([await fire(at(before)), await fire(at(after)), await fire(at('29T00:00:00'))]).toEqual([0, 1, 0]);
      await activate(model(timer(inner)), at('29T00:00:00'));
      expect(await fire(at('30T23:00:00'))).toBe(0);
    }
    await activate(model('<startEvent id="s"><timerEventDefinition zhengwu:workingDays="2"/></startEvent>'), at('23T00:00:00'));
    expect([await fire(at('25T15:59:59')), await fire(at('25T16:00:00'))]).toEqual([0, 1]);
    await activate(model(timer('<timeDate>2026-11-20T00:00:00Z</timeDate>')), at('23T00:00:00'));
    expect(await fire(at('24T00:00:00'))).toBe(0);
  });

  test('a new version takes the old one’s place: same rhythm with the same timer, a new one otherwise, none when gone', async () => {
    await activate(model(cycle('R/PT2H')), at('23T00:00:00'));
    await activate(model(cycle('R/PT2H'), '<task id="w" name="new"/>'), at('23T01:00:00'));
    expect(await fire(at('23T02:00:00'))).toBe(1);
    const [{ id }] = (await database.as(database.system, (tx) => tx.query<{ id: string }>(OWN, [owner]))).rows as [{ id: string }];
    expect((await database.as(database.system, (tx) => processes.diagram(tx, id))).xml).toContain('name="new"');
    await activate(model(cycle('R/PT5H')), at('23T03:00:00'));
    expect([await fire(at('23T07:59:59')), await fire(at('23T08:00:00'))]).toEqual([0, 1]);
    await processes.activate([], at('23T09:00:00'), around);
    expect(await fire(at('29T00:00:00'))).toBe(0);
  });

  test('a start that fails is told, rests, keeps nothing and holds up no other', async () => {
    await processes.activate([...(await processes.keep(model(cycle('R/PT1H'), user('w')))), ...(await processes.keep(model(cycle('R/PT1H'), '<task id="w"/>', '', 'q')))]
      .map(({ hash }) => ({ owner, hash })), at('23T00:00:00'), around);
    expect(await fire(at('23T01:00:00'))).toBe(1);
    expect(errors).toMatchObject([{ process: `${owner}/p`, element: 's', error: { code: 'process.no-case' } }]);
    expect(await fire(at('23T01:00:01'))).toBe(0);
    expect(errors).toHaveLength(1);
    expect(await instances()).toBe(1);
  });
});

describe('message, signal and conditional starts', () => {
  const announce = (kind: 'message' | 'signal', name: string, key: string) =>
    database.as(database.system, (tx) => processes.announce(tx, { kind, name, key, variables: { no: 7 } }, at('23T00:00:00')));

  test.each([['message', '<message id="m" name="flood"/>'], ['signal', '<signal id="m" name="flood"/>']] as const)('a %s begins each process once for its key, also when told twice at once', async (kind, root) => {
    await activate(model(`<startEvent id="s"><${kind}EventDefinition ${kind}Ref="m"/></startEvent>`, '<scriptTask id="w" zhengwu:resultVariable="next"><script>no + 1</script></scriptTask>', root), at('23T00:00:00'));
    expect(await announce(kind, 'drought', 'a')).toBe(0);
    expect(await announce(kind === 'message' ? 'signal' : 'message', 'flood', 'a')).toBe(0);
    const counts = await Promise.all([announce(kind, 'flood', 'a'), announce(kind, 'flood', 'a'), announce(kind, 'flood', 'b')]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2);
    await processes.activate([], at('23T01:00:00'), around);
    expect(await announce(kind, 'flood', 'c')).toBe(0);
  });

  test('a self-begun instance that waits for a signal hears it; the one that threw it does not hear it twice', async () => {
    const root = '<message id="m" name="rain"/><signal id="x" name="dry"/>';
    const wait = '<intermediateCatchEvent id="w"><signalEventDefinition signalRef="x"/></intermediateCatchEvent>';
    await activate(model('<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent>', wait, root), at('23T00:00:00'));
    await announce('message', 'rain', 'one');
    await announce('message', 'rain', 'two');
    const ids = async (state: string) => (await database.as(database.system, (tx) => tx.query<{ id: string }>(`${OWN} and state->>'s' = $2`, [owner, state]))).rows.map((row) => row.id);
    const [thrower = ''] = await ids('running');
    await database.as(database.system, (tx) => hearAlone(tx, 'dry', {}, thrower, at('23T00:01:00'), around));
    expect(await ids('running')).toEqual([thrower]);
    expect(await ids('completed')).toHaveLength(1);
  });

  test('a condition begins once when it comes true, not while it stays so', async () => {
    await activate(model('<startEvent id="s"><conditionalEventDefinition><condition>currentDate &gt;= date("2026-11-24")</condition></conditionalEventDefinition></startEvent>'), at('23T00:00:00'));
    expect([await fire(at('23T00:00:00')), await fire(at('24T00:01:00')), await fire(at('24T00:03:00')), await fire(at('25T00:00:00'))]).toEqual([0, 1, 0, 0]);
  });
});
