import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { openDatabase, reachDatabase } from '@zhengwu/database';
import { builtSite, ensureBuilt, freePort, type BuiltSite } from './test/built.ts';
import { send, startLoad } from './test/load.ts';

const ROUNDS = 6;

/** What must be there once for a case, counted where it is there more than once. */
const TWICE = `
  select 'task' as what, count(*)::int as n from (select from cases.task where case_id = any ($1::uuid[]) group by case_id, element having count(*) > 1) t
  union all select 'order', count(*)::int from (select from payments."order" where case_id = any ($1::uuid[]) group by case_id having count(*) > 1) o
  union all select 'licence', count(*)::int from (select from licences.licence where case_id = any ($1::uuid[]) group by case_id, type having count(*) > 1) l
  union all select 'message', count(*)::int from (select from messages.message where case_id = any ($1::uuid[]) group by case_id, recipient, template having count(*) > 1) m`;

let folder: string;
let site: BuiltSite;
beforeAll(async () => {
  ensureBuilt();
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-faults-'));
  await chmod(folder, 0o755);
  site = builtSite(folder, await freePort());
  await site.start();
}, 300_000);
afterAll(async () => {
  await site.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

const rows = async <R>(sql: string, values: unknown[] = []): Promise<R[]> => {
  const { connection, stop } = await reachDatabase({ dataFolder: folder, beside: true });
  const database = await openDatabase(connection);
  try {
    return (await database.as(database.system, (tx) => tx.query<R>(sql, values))).rows;
  } finally {
    await database.close();
    await stop();
  }
};

/** A killed site is started again, as its supervisor does; one whose PostgreSQL was killed brings it back by itself. */
const recover = async (): Promise<void> => {
  for (let tries = 0; tries < 300; tries += 1) {
    if (!site.isRunning()) await site.start();
    if (await site.isReady()) return;
    await sleep(100);
  }
  throw new Error('the site did not come back');
};

test('the site and PostgreSQL are killed at random under load: nothing acknowledged is lost, nothing is done twice, all cases go on', async () => {
  const citizens = await Promise.all(['citizen01', 'citizen02', 'citizen03', 'citizen04', 'citizen05', 'citizen06'].map((account) => site.citizen(account)));
  const officials = await Promise.all(([['window01', 'accept'], ['reviewer01', 'pass'], ['approver01', 'approve']] as const).map(async ([account, outcome]) => [await site.official(account), outcome] as [Awaited<ReturnType<BuiltSite['official']>>, string]));
  const load = startLoad(site, citizens, officials);
  const killed: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = load.sent.filter((one) => one.caseId).length;
    const acknowledged = () => load.sent.filter((one) => one.caseId).length;
    for (const until = Date.now() + 30_000; acknowledged() <= before + 5; await sleep(50)) {
      if (Date.now() > until || load.refused.length > 0) expect.fail(JSON.stringify({ round, isRunning: site.isRunning(), sent: load.sent.length, acknowledged: acknowledged(), refused: load.refused.map(String), answers: load.answers.slice(-5) }));
    }
    await sleep(Math.random() * 1000);
    const what = (['site', 'postgres', 'both'] as const)[round % 3] as string;
    killed.push(what);
    if (what !== 'site') await site.kill('postgres');
    if (what !== 'postgres') await site.kill('site');
    await recover();
  }
  await load.stop();
  const acknowledged = load.sent.filter((one) => one.caseId !== undefined);
  process.stdout.write(`killed ${killed.join(', ')}; ${load.sent.length} sent, ${acknowledged.length} acknowledged, ${load.decided.length} decisions acknowledged\n`);

  const kept = await rows<{ id: string }>('select id from cases.case where id = any ($1::uuid[])', [acknowledged.map((one) => one.caseId)]);
  expect(kept.length).toBe(acknowledged.length);
  expect(new Set(acknowledged.map((one) => one.caseId)).size).toBe(acknowledged.length);

  // Whoever asks again, answered or not, gets one case for one key.
  for (const one of load.sent) {
    const before = one.caseId;
    const again = await send(one);
    if (before !== undefined) expect(again).toBe(before);
  }
  const ids = load.sent.map((one) => one.caseId as string);
  expect(new Set(ids).size).toBe(ids.length);
  const ours = await rows<{ n: number }>(`select count(*)::int as n from audit.record where event = 'case.submitted' and right(subject, 36) = any ($1::text[])`, [ids]);
  const undone = await rows<{ id: string }>(`select id from cases.task where id = any ($1::uuid[]) and status <> 'done'`, [load.decided]);
  expect(undone).toEqual([]);
  expect(ours[0]?.n).toBe(ids.length);

  // Every case goes on: those who decide find its task; steps, orders, licences and messages are there once.
  const [window] = officials;
  for (const id of ids.slice(-20)) {
    const detail = await (window as [typeof citizens[0], string])[0].call(api.openCase, { params: { id } });
    const open = detail.tasks.filter((task) => task.status === 'open' || task.status === 'claimed');
    expect(detail.closedAt !== null || open.length === 1 || detail.payment !== null || detail.licences.length === 1, JSON.stringify({ state: detail.state, tasks: detail.tasks.map((t) => [t.element, t.status]) })).toBe(true);
  }
  const twice = await rows<{ what: string; n: number }>(TWICE, [ids]);
  expect(twice.filter(({ n }) => n > 0)).toEqual([]);
}, 240_000);
