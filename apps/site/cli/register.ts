import { extname, resolve } from 'node:path';
import { hostname, userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { openAudit } from '@zhengwu/audit';
import { dayOf, isDay, systemClock } from '@zhengwu/clock';
import { StartError, type Database } from '@zhengwu/database';
import { extractRegister, FORMATS, type Format } from '@zhengwu/imports';
import { registerDefinitions } from '@zhengwu/registers';
import { onSite, type OnSite } from './on-site.ts';
import { both } from './say.ts';
import { DONE, MISUSED, type Terminal } from './terminal.ts';
import { words } from './words.ts';

interface Asked {
  code: string;
  to: string;
  format: Format;
  day: string;
  reason: string;
}

const isFormat = (text: string): text is Format => (FORMATS as readonly string[]).includes(text);

/** What was asked for; null where it is not understood. The name of the file tells the format unless it is given. */
const readArgs = (args: string[]): Asked | null => {
  try {
    const { values: { to, reason = '', format, day = dayOf(systemClock.now()) }, positionals: [act, code, ...more] } = parseArgs({ args, allowPositionals: true, options: { to: { type: 'string' }, format: { type: 'string' }, day: { type: 'string' }, reason: { type: 'string' } } });
    const kind = format ?? (to === undefined ? '' : extname(to).slice(1));
    if (act !== 'export' || code === undefined || more.length > 0 || to === undefined || reason.trim().length < 2 || !isFormat(kind) || !isDay(day)) return null;
    return { code, to: resolve(to), format: kind, day, reason: reason.trim() };
  } catch {
    return null;
  }
};

/** Seconds between two lines of progress. */
const EVERY_MS = 2000;

const write = async (database: Database, { code, to, format, day, reason }: Asked, { out }: Terminal): Promise<void> => {
  const all = await database.as(database.system, registerDefinitions, { readOnly: true });
  const register = all.find((one) => one.code === code);
  if (!register) throw new StartError(both(words.registerUnknown, { register: code, known: all.map((one) => one.code).join(', ') }));
  let told = performance.now();
  const progress = (rows: number): void => {
    if (performance.now() - told < EVERY_MS) return;
    told = performance.now();
    out(both(words.registerRows, { rows: rows.toLocaleString('en-US') }));
  };
  const { rows, sha256 } = await extractRegister(database, { register, day, format, path: to, progress });
  const who = { kind: 'system' as const, name: `${userInfo().username}@${hostname()}`, requestId: 'register export', address: '' };
  await database.as(database.system, (tx) => openAudit(database).recordFor(tx, who, { event: 'register.extracted', subject: code, detail: { rows, day, format, sha256, reason } }));
  out(both(words.registerDone, { register: code, rows: rows.toLocaleString('en-US'), file: to, hash: sha256 }));
};

/** `register export CODE --to FILE --reason WHY`: a whole register in a file, beside the running site. */
export const registerCommand = async (args: readonly string[], terminal: Terminal, environment: NodeJS.ProcessEnv, on: OnSite = onSite): Promise<number> => {
  const asked = readArgs([...args]);
  if (!asked) {
    terminal.err(both(words.registerUsage));
    return MISUSED;
  }
  await on(environment, (database) => write(database, asked, terminal));
  return DONE;
};
