import { median, percentile, rounded, type Figure } from '../figure.ts';
import { openGround, type Ground } from '../ground.ts';
import { openConnection } from '../load/connection.ts';
import { asking, drive } from '../load/drive.ts';
import { official, type Person } from '../people.ts';
import { fill, keyOf } from './fill.ts';

/** `ZHENGWU_BENCH_SIZES=20000,100000` tries it out. */
const SIZES = (process.env['ZHENGWU_BENCH_SIZES'] ?? '100000,1000000,10000000').split(',').map(Number);
const CONNECTIONS = Number(process.env['ZHENGWU_BENCH_CONNECTIONS'] ?? 16);
const SECONDS = Number(process.env['ZHENGWU_BENCH_SECONDS'] ?? 6);
const ROUNDS = 3;
const ALONE = 400;

const short = (rows: number): string => (rows >= 1_000_000 ? `${rows / 1_000_000}M` : `${rows / 1000}k`);

/** Any of `size` records, each as likely; the sequence is the same in every run. */
const keysOf = (size: number): (() => string) => {
  let state = 12_345;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return keyOf(Math.floor((state / 2_147_483_648) * size));
  };
};

const asked = (person: Person, key: string): Buffer => person.request('POST', '/api/registers/population/lookup', { key, reason: '办件 BENCH' });

/** Requests that were made beforehand, so that their making is not measured. */
const requestsOf = (person: Person, size: number, count: number): (() => Buffer) => {
  const key = keysOf(size);
  const made = Array.from({ length: count }, () => asked(person, key()));
  let at = 0;
  return () => made[at++ % made.length] as Buffer;
};

interface Measured {
  perSecond: number;
  p95: number;
  alone: number;
}

const measure = async (ground: Ground, person: Person, size: number): Promise<Measured> => {
  const next = requestsOf(person, size, 50_000);
  const turn = asking(next, 200);
  await drive(ground.port, CONNECTIONS, SECONDS / 2, turn);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await drive(ground.port, CONNECTIONS, SECONDS, turn));
  const connection = await openConnection(ground.port);
  const alone: number[] = [];
  for (let n = 0; n < ALONE; n += 1) alone.push((await connection.send(next())).ms);
  connection.close();
  return { perSecond: median(rounds.map((one) => one.perSecond)), p95: median(rounds.map(({ times }) => percentile(times, 0.95))), alone: median(alone) };
};

const recorded = async (ground: Ground): Promise<number> =>
  (await ground.owner.query<{ count: number }>(`select count(*)::int as count from audit.record where event = 'register.looked'`)).rows[0]?.count ?? 0;

const figuresOf = (measured: ReadonlyMap<number, Measured>): Figure[] => {
  const sizes = [...measured.keys()];
  const [small = 0, large = 0] = [Math.min(...sizes), Math.max(...sizes)];
  const [less, more] = [measured.get(small) as Measured, measured.get(large) as Measured];
  return [
    ...[...measured].flatMap(([size, one]): Figure[] => [
      { name: `register look-up at ${short(size)}: permission, masking, record of the reading; ${CONNECTIONS} connections`, unit: 'per second', ours: rounded(one.perSecond, 0), target: 3000 },
      { name: `register look-up at ${short(size)}, p95`, unit: 'ms', ours: rounded(one.p95), target: 10, better: 'less' },
    ]),
    { name: `growth ${short(small)} to ${short(large)}: one look-up alone, median`, unit: 'ms', ours: rounded(more.alone), theirs: rounded(less.alone), ratio: rounded(more.alone / less.alone), target: 1.3, better: 'less' },
    { name: `growth ${short(small)} to ${short(large)}: under load, p95`, unit: 'ms', ours: rounded(more.p95), theirs: rounded(less.p95), ratio: rounded(more.p95 / less.p95), target: 1.3, better: 'less' },
  ];
};

/** One official who reads thousands of records is locked out after 150: here that rule is put off, as a keeper of rules would. */
const allowMassReading = ({ owner }: Ground) =>
  owner.query(`insert into defence.rule (id, version, settings, reason, name) values ('mass-reading', 1, $1, 'measuring', 'bench')`, [JSON.stringify({ isOn: false, threshold: 150, windowSeconds: 3600, severity: 'high', responses: [] })]);

/** Records looked up by their keys as the register grows; each answer's reading must be in the trail. */
export async function run(): Promise<Figure[]> {
  const ground = await openGround();
  try {
    await allowMassReading(ground);
    const person = await official(ground, 'data-ga');
    const measured = new Map<number, Measured>();
    let filled = 0;
    for (const size of SIZES) {
      const begun = performance.now();
      await fill(ground.owner, filled, size - 1);
      filled = size;
      process.stdout.write(`  ${size.toLocaleString('en')} records after ${Math.round((performance.now() - begun) / 1000)} s\n`);
      const before = await recorded(ground);
      measured.set(size, await measure(ground, person, size));
      if ((await recorded(ground)) === before) throw new Error('nothing was recorded of these readings');
    }
    return figuresOf(measured);
  } finally {
    await ground.stop();
  }
}
