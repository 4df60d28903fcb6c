import { mkdtemp, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { systemClock } from '@zhengwu/clock';
import { readConfig } from '@zhengwu/config';
import { startDatabase, type Database } from '@zhengwu/database';
import { createLog } from '@zhengwu/log';
import { entryOf, Matching, profileOf, type Profile } from '@zhengwu/matching';
import { assemble, schemasOf } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import pg from 'pg';
import { memoryOf } from '../ground.ts';
import { rounded, type Figure } from '../figure.ts';
import { personAt } from './people.ts';
import { modules, people } from './register.ts';
import { incomingAt } from './slips.ts';
import { judge, none, precisionOf, recallOf, type Verdicts } from './verdicts.ts';

/** `ZHENGWU_BENCH_SIZES=20000,200000 ZHENGWU_BENCH_ROWS=5000` tries it out. */
const SIZES = (process.env['ZHENGWU_BENCH_SIZES'] ?? '100000,10000000').split(',').map(Number);
const ROWS = Number(process.env['ZHENGWU_BENCH_ROWS'] ?? 100_000);
const CHUNK = 200_000;
const STEP = 2000;

const short = (rows: number): string => (rows >= 1_000_000 ? `${rows / 1_000_000}M` : `${rows / 1000}k`);
const cell = (text: string): string => text.replaceAll('\\', '\\\\');
const arrayOf = (values: readonly string[]): string => `{${values.map((value) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`;

const linesOf = function* lines(profile: Profile, from: number, to: number): Generator<string> {
  for (let n = from; n < to; n += 1) {
    const data = personAt(n);
    const { key, features, blocks } = entryOf(profile, { key: data.citizenNumber, data });
    yield `${[key, arrayOf(features), ...blocks.map((block) => (block === null ? '\\N' : String(block)))].map((one) => (one === '\\N' ? one : cell(one))).join('\t')}\n`;
  }
};

/** Entries from..to go in without their indexes, which are made afterwards. */
const fill = async (database: Database, owner: pg.Client, profile: Profile, from: number, to: number): Promise<void> => {
  const { rows: indexes } = await owner.query<{ name: string; made: string }>(`select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made from pg_index i where i.indrelid = 'matching.entry'::regclass and not i.indisprimary`);
  for (const { name } of indexes) await owner.query(`drop index ${name}`);
  for (let at = from; at < to; at += CHUNK) {
    await database.copy(database.system, async (tx) => {
      await tx.query('create temp table incoming (key text, features text[], b1 bigint, b2 bigint, b3 bigint, b4 bigint, b5 bigint, b6 bigint) on commit drop');
      await pipeline(Readable.from(linesOf(profile, at, Math.min(to, at + CHUNK))), tx.copyIn('copy incoming from stdin'));
      await tx.query(`insert into matching.entry (register, key, features, b1, b2, b3, b4, b5, b6) select distinct on (key) 'people', i.* from incoming i`);
    });
  }
  // Two of ten million may draw one number: the register holds it once.
  await owner.query(`set maintenance_work_mem = '1GB'`);
  await owner.query(`delete from matching.entry e using (select id, row_number() over (partition by key order by id) as nth from matching.entry) d where d.id = e.id and d.nth > 1`);
  for (const { made } of indexes) await owner.query(made);
  await owner.query('vacuum analyze matching.entry');
  await owner.query(`insert into matching.register (register, entries, position) select 'people', count(*), null from matching.entry on conflict (register) do update set entries = excluded.entries`);
  await owner.query(`delete from matching.frequency`);
  await owner.query(`insert into matching.frequency (register, field, value, share) select 'people', 'name', features[2], count(*)::float8 / sum(count(*)) over () from matching.entry group by 3 having count(*) > 1 order by count(*) desc limit 200000`);
};

interface Asked {
  seconds: number;
  verdicts: Verdicts;
  /** Largest resident set seen, in MB. */
  memory: number;
}

const resolveAll = async (database: Database, matching: Matching, size: number, rows: number): Promise<Asked> => {
  let verdicts = none;
  let seconds = 0;
  let memory = 0;
  for (let from = 0; from < rows; from += STEP) {
    const asked = Array.from({ length: Math.min(STEP, rows - from) }, (_, at) => incomingAt(from + at, size));
    const begun = performance.now();
    const answers = await database.as(database.system, (tx) => matching.resolve(tx, 'people', asked.map(({ row }) => row)));
    seconds += (performance.now() - begun) / 1000;
    verdicts = judge(verdicts, asked, answers);
    memory = Math.max(memory, await memoryOf(process.pid));
  }
  return { seconds, verdicts, memory };
};

const figuresOf = (size: number, { seconds, verdicts, memory }: Asked): Figure[] => {
  const name = (what: string): string => `${short(ROWS)} rows against ${short(size)}: ${what}`;
  return [
    { name: name('resolved'), unit: 'rows per second', ours: rounded(verdicts.rows / seconds, 0) },
    { name: name('time'), unit: 's', ours: rounded(seconds, 1) },
    { name: name('precision of links'), unit: 'share', ours: rounded(precisionOf(verdicts), 4), target: 0.99 },
    { name: name('recall with review'), unit: 'share', ours: rounded(recallOf(verdicts), 4), target: 0.95 },
    { name: name('linked without a person, of those known'), unit: 'share', ours: rounded(verdicts.linkedRight / verdicts.known, 4) },
    { name: name('shown to a person'), unit: 'share', ours: rounded(verdicts.review / verdicts.rows, 4) },
    { name: name('memory'), unit: 'MB resident', ours: Math.round(memory) },
  ];
};

/** Entity resolution: rows whose truth is known against registers of growing size. */
export async function run(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zhengwu-bench-matching-'));
  await chmod(folder, 0o755);
  const running = await startDatabase({ dataFolder: join(folder, 'database'), settings: { shared_buffers: '1GB', max_wal_size: '8GB' } }, schemasOf(modules));
  const { database } = running;
  const { host, port, database: name, owner } = database.config;
  const client = new pg.Client({ host, port, database: name, ...owner, options: '-c zhengwu.who=system||all|{}|{}|4 -c statement_timeout=0' });
  try {
    await client.connect();
    const { site } = await assemble(modules, { config: readConfig({}), log: createLog({ level: 'silent' }), clock: systemClock, files: undefined as never, database });
    await site.use(Registers).define('bench', [people]);
    const profile = profileOf(people as never);
    if (!profile) throw new Error('people are not matched');
    const figures: Figure[] = [];
    let filled = 0;
    for (const size of SIZES) {
      const begun = performance.now();
      await fill(database, client, profile, filled, size);
      filled = size;
      process.stdout.write(`  ${size.toLocaleString('en')} entries after ${Math.round((performance.now() - begun) / 1000)} s\n`);
      await resolveAll(database, site.use(Matching), size, Math.min(ROWS, 2 * STEP));
      figures.push(...figuresOf(size, await resolveAll(database, site.use(Matching), size, ROWS)));
    }
    return figures;
  } finally {
    await client.end();
    await running.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
