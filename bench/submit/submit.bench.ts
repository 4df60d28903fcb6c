import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openApplicants, type Applicant } from '../applicants.ts';
import { median, rounded, type Figure } from '../figure.ts';
import { openGround, type Ground } from '../ground.ts';
import { asking, drive } from '../load/drive.ts';

const CONNECTIONS = 32;
const SECONDS = 6;
const ROUNDS = 3;
const REST_MS = 20_000;

/** Single rows, each committed on its own and durable, by the same driver: what this machine's database can do at most. */
const bareInserts = async (pool: pg.Pool, seconds: number): Promise<number> => {
  const detail = JSON.stringify({ service: 'identity-card-replacement', note: 'x'.repeat(200) });
  const begun = performance.now();
  let count = 0;
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    while (performance.now() - begun < seconds * 1000) {
      await pool.query({ name: 'bare', text: 'insert into bare.row (id, at, detail) values ($1, now(), $2)', values: [randomUUID(), detail] });
      count += 1;
    }
  }));
  return count / ((performance.now() - begun) / 1000);
};

const openBare = async ({ connection: { host, port, database, owner } }: Ground): Promise<pg.Pool> => {
  const pool = new pg.Pool({ host, port, database, ...owner, max: CONNECTIONS });
  pool.on('error', () => undefined);
  await pool.query('create schema bare; create table bare.row (id uuid primary key, at timestamptz not null, detail jsonb not null)');
  return pool;
};

const submissions = async (ground: Ground, applicants: readonly Applicant[], seconds: number) =>
  drive(ground.port, CONNECTIONS, seconds, asking((worker) => (applicants[worker] as Applicant).submission(), 201));

/** Submissions over HTTP with everything that belongs to one, against bare inserts; rounds of both take turns. */
export async function run(): Promise<Figure[]> {
  const ground = await openGround();
  try {
    const applicants = await openApplicants(ground, CONNECTIONS);
    const bare = await openBare(ground);
    await submissions(ground, applicants, 3);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      theirs.push(await bareInserts(bare, SECONDS));
      ours.push((await submissions(ground, applicants, SECONDS)).perSecond);
    }
    await bare.end();
    const loaded = await ground.memory();
    await sleep(REST_MS);
    return [
      { name: 'submit over HTTP, 32 connections', unit: 'per second', ours: rounded(median(ours), 0), theirs: rounded(median(theirs), 0), ratio: rounded(median(ours) / median(theirs)), target: 0.35 },
      { name: 'memory of the site under submissions', unit: 'MB resident', ours: rounded(loaded, 0) },
      { name: 'memory of the site, 20 seconds later', unit: 'MB resident', ours: rounded(await ground.memory(), 0), target: 300, better: 'less' },
    ];
  } finally {
    await ground.stop();
  }
}
