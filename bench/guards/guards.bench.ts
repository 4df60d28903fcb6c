import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoPassword } from '@zhengwu/demo';
import { median, rounded, type Figure } from '../figure.ts';
import { endOf } from '../ground.ts';
import { requestOf } from '../load/connection.ts';
import { asking, drive } from '../load/drive.ts';

const CONNECTIONS = 64;
const ROWS = 10_000;
/** What is added to the request from one to the next. */
const STEPS = [['authorised', 'session, permission and row-level security'], ['masked', '… and masking'], ['audited', '… and the audit of the read']] as const;

const signIn = async (origin: string): Promise<string> => {
  const response = await fetch(`${origin}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }, body: JSON.stringify({ account: 'reviewer01', password: demoPassword }) });
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
};

/** What authorisation, masking and audit cost: time per request against the same read of one row without them. */
export async function run(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zhengwu-bench-'));
  await chmod(folder, 0o755);
  const child = fork(join(import.meta.dirname, 'guarded.ts'), [], { env: { ...process.env, GUARDS_DATABASE: folder }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  try {
    const [{ port }] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error('the guarded site ended before it was ready')))])) as [{ port: number }];
    const cookie = await signIn(`http://127.0.0.1:${port}`);
    let row = 0;
    const rateOf = async (id: string, seconds: number): Promise<number> =>
      (await drive(port, CONNECTIONS, seconds, asking(() => requestOf('GET', `/api/guards/${id}/${(row++ % ROWS) + 1}`, id === 'bare' ? {} : { cookie }), 200))).perSecond;
    const rates = new Map<string, number[]>();
    for (let round = 0; round < 5; round += 1) {
      for (const id of ['bare', ...STEPS.map(([one]) => one)]) {
        const rate = await rateOf(id, round === 0 ? 1 : 3);
        if (round > 0) rates.set(id, [...(rates.get(id) ?? []), rate]);
      }
    }
    const microseconds = (id: string): number => (1e6 / median(rates.get(id) ?? []));
    return STEPS.map(([id, name]) => ({
      name: `one row read over HTTP: ${name}`, unit: 'µs per request', ours: rounded(microseconds(id), 0), theirs: rounded(microseconds('bare'), 0), ratio: rounded(microseconds(id) / microseconds('bare')), target: 1.3, better: 'less',
    }));
  } finally {
    await endOf(child);
    await rm(folder, { recursive: true, force: true });
  }
}
