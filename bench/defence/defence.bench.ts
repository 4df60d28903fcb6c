import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { median, rounded, type Figure } from '../figure.ts';
import { endOf } from '../ground.ts';
import { requestOf } from '../load/connection.ts';
import { asking, drive } from '../load/drive.ts';

const CONNECTIONS = 32;
const ROUNDS = 3;

/** What observation, blocks and admission add to a request, by requests a second of a server without them and one with. */
export async function run(): Promise<Figure[]> {
  const child = fork(join(import.meta.dirname, 'watched.ts'), [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  try {
    const [{ bare, watched }] = (await once(child, 'message')) as [{ bare: number; watched: number }];
    const rateOf = async (port: number, path: string, status: number): Promise<number> => (await drive(port, CONNECTIONS, 0.7, asking(() => requestOf('GET', path, {}), status))).perSecond;
    const figures: Figure[] = [];
    for (const [name, path, status, target] of [['an ordinary request', '/api/watched/1', 200, 1.3], ['a refused request, observed', '/api/nowhere', 404, 2]] as const) {
      const rates: [number, number][] = [];
      for (let round = 0; round < ROUNDS; round += 1) rates.push([await rateOf(bare, path, status), await rateOf(watched, path, status)]);
      const [without, within] = [median(rates.map(([one]) => one)), median(rates.map(([, one]) => one))];
      figures.push({ name: `defence: ${name}`, unit: 'µs per request', ours: rounded(1e6 / within, 1), theirs: rounded(1e6 / without, 1), ratio: rounded(without / within), target, better: 'less' });
    }
    return figures;
  } finally {
    await endOf(child);
  }
}
