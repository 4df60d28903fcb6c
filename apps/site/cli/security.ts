import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { systemClock } from '@zhengwu/clock';
import { readConfig } from '@zhengwu/config';
import type { SecurityState } from '@zhengwu/contracts';
import { StartError, type Manifest } from '@zhengwu/database';
import { bomOf, licenceFaults, noteRestore, stateOf, type LockFile } from '@zhengwu/governance';
import { openAudit } from '@zhengwu/audit';
import { backUp } from './backup.ts';
import { bringBack } from './restore.ts';
import { onSite } from './on-site.ts';
import { both } from './say.ts';
import { DONE, FAILED, MISUSED, type Terminal } from './terminal.ts';
import { words } from './words.ts';

const show = ({ score, domains, controls, findings, checks, unclassified, unread, drills, next }: SecurityState, { out }: Terminal): void => {
  out(both(words.security.score, { score: score ?? '-' }));
  for (const { domain, name, score: own, entries, open, overdue, unreviewed } of domains) out(`  ${String(domain).padStart(2)} ${String(own ?? '-').padStart(4)}  ${both(name)}  ${both(words.security.domain, { entries, open, overdue, unreviewed })}`);
  for (const { standard, level, counts: { met, partly, unmet, na } } of controls) out(`  ${standard}${level === null ? '' : ` L${level}`}  ${both(words.security.controls, { met, partly, unmet, na })}`);
  for (const { severity, open, overdue } of findings) out(`  ${severity}  ${both(words.security.findings, { open, overdue })}`);
  for (const { holds, name, found } of checks) out(`  ${holds ? '✓' : '✗'} ${both(name)}: ${found}`);
  for (const { number, title, outcome, measuredSeconds, targetSeconds } of drills) out(`  ${number} ${title}: ${outcome}, ${measuredSeconds ?? '-'} / ${targetSeconds ?? '-'} s`);
  out(both(words.security.rest, { unclassified: unclassified.length, unread }));
  for (const { text } of next) out(`  → ${text.zh === text.en ? text.zh : both(text)}`);
};

const report = async (isJson: boolean, terminal: Terminal, environment: NodeJS.ProcessEnv): Promise<number> => {
  const config = readConfig(environment);
  const state = await onSite(environment, (database) => database.as(database.system, (tx) => stateOf({ config, clock: systemClock }, tx), { readOnly: true }));
  if (isJson) terminal.out(JSON.stringify(state, null, 2));
  else show(state, terminal);
  return DONE;
};

const billOfMaterials = async ({ out, err }: Terminal): Promise<number> => {
  const lock = JSON.parse(await readFile(join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? '../../..' : '..', 'package-lock.json'), 'utf8')) as LockFile;
  const bom = bomOf(lock, randomUUID(), new Date().toISOString());
  out(JSON.stringify(bom, null, 2));
  const faults = licenceFaults(bom);
  for (const fault of faults) err(fault);
  return faults.length === 0 ? DONE : FAILED;
};

const manifestOf = async (folder: string): Promise<Manifest> => (JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as { manifest: Manifest }).manifest;

/** What a backup of the restored copy has that differs from the backup itself. */
const differences = (before: Manifest, after: Manifest): string[] => {
  const rows = new Map(after.tables.map(({ table, rows: count }) => [table, count]));
  const bodies = new Set(after.files.map(({ path }) => path));
  return [
    ...before.tables.filter(({ table, rows: count }) => rows.get(table) !== count).map(({ table, rows: count }) => `${table}: ${rows.get(table) ?? 0} of ${count} rows`),
    ...before.files.filter(({ path }) => !bodies.has(path)).map(({ path }) => `${path}: missing`),
  ];
};

const silent: Terminal = { out: () => undefined, err: () => undefined };

/** Restores into a scratch folder with a database of its own, backs that copy up again, and compares the two. */
const trial = async (folder: string, environment: NodeJS.ProcessEnv): Promise<{ seconds: number; faults: string[]; manifest: Manifest }> => {
  const scratch = await mkdtemp(join(tmpdir(), 'zhengwu-proof-'));
  await chmod(scratch, 0o755);
  const { DATABASE_URL: _, ZHENGWU_DATABASE_APP_URL: _app, ZHENGWU_DATABASE_RELAY_URL: _relay, ZHENGWU_FILES_S3_ENDPOINT: _s3, ...rest } = environment;
  const apart = { ...rest, ZHENGWU_DATA: join(scratch, 'data'), ZHENGWU_DATABASE_PORT: '0' };
  const begun = performance.now();
  try {
    const manifest = await manifestOf(folder).catch(() => { throw new StartError(both(words.noFile, { file: join(folder, 'manifest.json') })); });
    const failed = await bringBack(folder, silent, apart).then(() => undefined, (error: unknown) => (error instanceof Error ? error.message : String(error)));
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    if (failed !== undefined) return { seconds, faults: [failed.slice(0, 500)], manifest };
    await backUp(join(scratch, 'again'), silent, await withSecrets(apart));
    return { seconds, faults: differences(manifest, await manifestOf(join(scratch, 'again'))), manifest };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

/** The secrets that a demo made for itself came along with the backup. */
const withSecrets = async (environment: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> => {
  const text = await readFile(join(environment['ZHENGWU_DATA'] ?? '', 'demo-secrets.json'), 'utf8').catch(() => '{}');
  return { ...environment, ...(JSON.parse(text) as Record<string, string>) };
};

const proveBackup = async (given: string, { out, err }: Terminal, environment: NodeJS.ProcessEnv): Promise<number> => {
  const folder = resolve(given);
  const { seconds, faults, manifest: { at, tables, files } } = await trial(folder, environment);
  const restored = { at, rows: tables.reduce((sum, { rows }) => sum + rows, 0), tables: tables.length, files: files.length, seconds, faults };
  const noted = await onSite(environment, (database) => noteRestore({ database, audit: openAudit(database) }, restored));
  for (const fault of faults) err(`  ${fault}`);
  out(both(faults.length === 0 ? words.security.proved : words.security.failed, { ...restored, noted, faults: faults.length }));
  return faults.length === 0 ? DONE : FAILED;
};

/** `security report|sbom|prove-backup`: the state of security, what the software is made of, and a restore that really ran. */
export const securityCommand = (args: readonly string[], terminal: Terminal, environment: NodeJS.ProcessEnv): Promise<number> | number => {
  const [name, ...rest] = args;
  if (name === 'report' && (rest.length === 0 || (rest.length === 1 && rest[0] === '--json'))) return report(rest.length === 1, terminal, environment);
  if (name === 'sbom' && rest.length === 0) return billOfMaterials(terminal);
  if (name === 'prove-backup' && rest.length === 1 && rest[0] && !rest[0].startsWith('-')) return proveBackup(rest[0], terminal, environment);
  terminal.err(both(words.security.usage));
  return MISUSED;
};
