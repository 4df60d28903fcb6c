import { fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { median, rounded, type Figure } from '../figure.ts';
import { answers, endOf, freePort, openGround, project, runProgram, SECRET, urlOf } from '../ground.ts';
import { requestOf } from '../load/connection.ts';
import { asking, drive } from '../load/drive.ts';

const PAGES = [['home page', '/'], ['service guide', '/services/identity-card-replacement']] as const;
const CONNECTIONS = 32;

const gzipped = (text: string | Buffer): number => rounded(gzipSync(text, { level: 6 }).length / 1024, 1);

const weigh = (name: string, body: string | Buffer, target: number): Figure => ({ name, unit: 'KB gzip', ours: gzipped(body), target, better: 'less' });

const textOf = async (address: string): Promise<string> => {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.text();
};

const linked = (html: string, pattern: RegExp): string[] => [...new Set([...html.matchAll(pattern)].map((match) => match[1] as string))];

const weightsOf = async (origin: string, name: string, path: string): Promise<Figure[]> => {
  const html = await textOf(origin + path);
  const parts = async (pattern: RegExp): Promise<string> => (await Promise.all(linked(html, pattern).map((one) => textOf(origin + one)))).join('\n');
  const [css, js] = await Promise.all([parts(/<link[^>]+href="([^"]+\.css[^"]*)"/g), parts(/<script[^>]+src="([^"]+)"/g)]);
  return [weigh(`${name}: HTML`, html, 12), weigh(`${name}: CSS`, css, 12), weigh(`${name}: JavaScript`, js, 5)];
};

/** The console's first load: what its index names, and the largest of the rest. */
const consoleWeights = (): Figure[] => {
  const folder = join(project, 'dist/console');
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const files = readdirSync(folder, { recursive: true }).map(String);
  const sum = (ending: string, first: boolean): number[] => files.filter((file) => file.endsWith(ending) && html.includes(file.split('/').at(-1) as string) === first).map((file) => gzipped(readFileSync(join(folder, file))));
  const total = (sizes: readonly number[]): number => rounded(sizes.reduce((all, one) => all + one, 0), 1);
  return [
    { name: 'console: JavaScript at first', unit: 'KB gzip', ours: total(sum('.js', true)), target: 450, better: 'less' },
    { name: 'console: largest JavaScript of a route', unit: 'KB gzip', ours: Math.max(0, ...sum('.js', false)), target: 100, better: 'less' },
    { name: 'console: CSS', unit: 'KB gzip', ours: total([...sum('.css', true), ...sum('.css', false)]), target: 120, better: 'less' },
  ];
};

/** Public portal pages against a JSON route of a bare Fastify, and what pages weigh against the budgets of the design. */
export async function run(): Promise<Figure[]> {
  const ground = await openGround();
  const [port, barePort] = [await freePort(), await freePort()];
  const portal = runProgram('portal.js', {
    ZHENGWU_DATA: join(ground.folder, 'data'), ZHENGWU_PORT_PORTAL: String(port), ZHENGWU_PORT_SITE: String(ground.port), ZHENGWU_PORTAL_SECRET: SECRET, ZHENGWU_KEY_PASSPHRASE: SECRET,
  });
  const bare = fork(join(import.meta.dirname, '../lists/bare.ts'), [], { env: { ...process.env, PORT: String(barePort), DATABASE_URL: urlOf(ground.connection, ground.connection.owner) }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  try {
    const origin = `http://127.0.0.1:${port}`;
    await answers(`${origin}/healthz`, 30);
    await answers(`http://127.0.0.1:${barePort}/json`, 30);
    const figures: Figure[] = [];
    for (const [name, path] of PAGES) {
      const [ours, theirs]: [number[], number[]] = [[], []];
      for (let round = 0; round < 4; round += 1) {
        const seconds = round === 0 ? 1 : 3;
        const bareRate = await drive(barePort, CONNECTIONS, seconds, asking(() => requestOf('GET', '/json', {}), 200));
        const rate = await drive(port, CONNECTIONS, seconds, asking(() => requestOf('GET', path, { 'accept-encoding': 'gzip' }), 200));
        if (round === 0) continue;
        theirs.push(bareRate.perSecond);
        ours.push(rate.perSecond);
      }
      figures.push({ name: `portal: ${name}, ${CONNECTIONS} connections`, unit: 'per second', ours: rounded(median(ours), 0), theirs: rounded(median(theirs), 0), ratio: rounded(median(ours) / median(theirs)), target: 0.5 });
      figures.push(...(await weightsOf(origin, name, path)));
    }
    return [...figures, ...consoleWeights()];
  } finally {
    await Promise.all([endOf(portal), endOf(bare)]);
    await ground.stop();
  }
}
