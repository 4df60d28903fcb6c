import { existsSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { exportLog, proveRecord, verifyExport, verifyProof, type RecordProof } from '@zhengwu/audit-trail';
import { readConfig } from '@zhengwu/config';
import { openDatabase, reachDatabase, StartError } from '@zhengwu/database';
import { both } from './say.ts';
import { databaseOptions } from './state.ts';
import { DONE, FAILED, MISUSED, type Terminal } from './terminal.ts';
import { words } from './words.ts';

interface Asked {
  place: string;
  to?: string;
  key?: string;
  previous?: string;
  /** Chain of the time-stamp authority, PEM. */
  tsa?: string;
  record?: string;
}

const textOf = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch(() => {
    throw new StartError(both(words.noFile, { file: path }));
  });

const exported = async ({ to }: Asked, { out }: Terminal, environment: NodeJS.ProcessEnv): Promise<number> => {
  const target = resolve(to as string);
  if (existsSync(target)) throw new StartError(both(words.exportThere, { folder: target }));
  const { connection, stop } = await reachDatabase({ ...databaseOptions(readConfig(environment)), beside: true });
  const database = await openDatabase(connection);
  try {
    out(both(words.exported, { folder: target, records: await exportLog(database, target) }));
    return DONE;
  } finally {
    await database.close();
    await stop();
  }
};

const verified = async ({ place, key, previous, tsa }: Asked, { out }: Terminal): Promise<number> => {
  const pem = await textOf(key as string);
  if (!existsSync(place)) throw new StartError(both(words.noFile, { file: place }));
  if (statSync(place).isFile()) {
    const text = await textOf(place);
    const holds = await Promise.resolve().then(() => verifyProof(JSON.parse(text) as RecordProof, pem)).catch(() => false);
    out(both(holds ? words.proofHolds : words.proofFails, { file: place }));
    return holds ? DONE : FAILED;
  }
  const { findings, records, retired, head, stamped } = await verifyExport(place, pem, previous === undefined ? undefined : await textOf(previous), tsa === undefined ? undefined : await textOf(tsa));
  for (const { code, at, record } of findings) out(`  ${code}  ${at}${record === undefined ? '' : `  ${record}`}  ${both(words.audit[code])}`);
  out(both(findings.length === 0 ? words.trailHolds : words.trailFails, { records, retired, count: findings.length, at: head?.at ?? '-' }));
  if (stamped !== undefined) out(both(words.stampsHold, { count: stamped }));
  return findings.length === 0 ? DONE : FAILED;
};

const proved = async ({ place, record, to, previous }: Asked, { out }: Terminal): Promise<number> => {
  const proof = await proveRecord(place, record as string, previous === undefined ? undefined : await textOf(previous));
  if (!proof) throw new StartError(both(words.noRecord, { record: record as string }));
  await writeFile(to as string, `${JSON.stringify(proof, null, 2)}\n`, { flag: 'wx' });
  out(both(words.proved, { file: to as string }));
  return DONE;
};

const works: Readonly<Record<string, { needs: readonly (keyof Asked)[]; work: (asked: Asked, terminal: Terminal, environment: NodeJS.ProcessEnv) => Promise<number> }>> = {
  export: { needs: ['to'], work: exported },
  verify: { needs: ['place', 'key'], work: verified },
  prove: { needs: ['place', 'record', 'to'], work: proved },
};

const read = (args: readonly string[]): Asked | undefined => {
  try {
    const text = { type: 'string' } as const;
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { to: text, key: text, previous: text, tsa: text, record: text } });
    return positionals.length > 1 ? undefined : { place: positionals[0] ?? '', ...values };
  } catch {
    return undefined;
  }
};

/** `audit export|verify|prove`: the trail as files, judged offline with public keys alone. */
export const auditCommand = async ([name = '', ...args]: readonly string[], terminal: Terminal, environment: NodeJS.ProcessEnv): Promise<number> => {
  const chosen = Object.hasOwn(works, name) ? works[name] : undefined;
  const asked = read(args);
  if (!chosen || !asked || chosen.needs.some((need) => !asked[need])) {
    terminal.err(both(words.auditUsage));
    return MISUSED;
  }
  return chosen.work(asked, terminal, environment);
};
