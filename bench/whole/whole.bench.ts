import { median, percentile, rounded, type Figure } from '../figure.ts';
import { openGround } from '../ground.ts';
import { drive } from '../load/drive.ts';
import { openHall, playCase, type Hall } from './hall.ts';

const CONNECTIONS = 16;
const SECONDS = 6;
const ROUNDS = 3;

const closed = async ({ ground }: Hall): Promise<number> =>
  (await ground.owner.query<{ count: number }>('select count(*)::int as count from cases.case c where c.closed_at is not null and exists (select 1 from licences.licence l where l.case_id = c.id)')).rows[0]?.count ?? 0;

/** Cases that got their licence, per second: what still waits at the end is waited for and the time counted. */
const round = async (hall: Hall): Promise<number> => {
  const before = await closed(hall);
  const begun = performance.now();
  const { times } = await drive(hall.ground.port, CONNECTIONS, SECONDS, (connection, worker) => playCase(hall, connection, worker));
  while ((await closed(hall)) - before < times.length) {
    if (performance.now() - begun > SECONDS * 10_000) throw new Error(`${times.length} cases paid, ${(await closed(hall)) - before} closed`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return times.length / ((performance.now() - begun) / 1000);
};

/** A replacement of an identity card, whole: application, three people, payment, licence. */
export async function run(): Promise<Figure[]> {
  const ground = await openGround();
  try {
    const hall = await openHall(ground, CONNECTIONS);
    await round(hall);
    hall.times.clear();
    const rates: number[] = [];
    for (let index = 0; index < ROUNDS; index += 1) rates.push(await round(hall));
    return [
      { name: 'whole case: submit, three people, fee, licence; 16 connections', unit: 'cases per second', ours: rounded(median(rates), 1), target: 150 },
      ...[...hall.times].map(([step, times]): Figure => ({ name: `whole case: ${step}, p95`, unit: 'ms', ours: rounded(percentile(times, 0.95), 1) })),
      { name: 'memory of the site under whole cases', unit: 'MB resident', ours: rounded(await ground.memory(), 0) },
    ];
  } finally {
    await ground.stop();
  }
}
