import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { openAudit } from '@zhengwu/audit';
import { readConfig } from '@zhengwu/config';
import { startDatabase, StartError, type Database } from '@zhengwu/database';
import { checkSheets, emptySheets, knownCodes, readCsv, readJson, writeLists, type Changed, type SheetIssue, type Sheets } from '@zhengwu/directory';
import { readLdif } from '@zhengwu/directory-face';
import { openAccounts, type NewAccount } from '@zhengwu/identity';
import { policyOf, schemasOf } from '@zhengwu/module';
import { siteModules } from '../modules.ts';
import { permissionsOf } from '../permissions.ts';
import { both } from './say.ts';
import { databaseOptions } from './state.ts';
import { DONE, FAILED, type Terminal } from './terminal.ts';
import { words } from './words.ts';

export interface OrganisationFile {
  sheets: Sheets;
  issues: SheetIssue[];
  /** sha256 of what was read, for the audit. */
  hash: string;
}

/** Reads one JSON or LDIF file, or every CSV file of a folder. */
export const readOrganisation = async (path: string): Promise<OrganisationFile> => {
  const found = await stat(path).catch(() => null);
  if (!found) throw new StartError(both(words.noOrganisation, { path }));
  const names = found.isDirectory() ? (await readdir(path)).filter((name) => /\.csv$/i.test(name)).sort() : [path];
  if (names.length === 0) throw new StartError(both(words.noOrganisation, { path }));
  const [sheets, issues, hash] = [emptySheets(), [] as SheetIssue[], createHash('sha256')];
  for (const name of names) {
    const text = await readFile(found.isDirectory() ? join(path, name) : path, 'utf8');
    hash.update(text);
    (found.isDirectory() ? readCsv : /\.ldif$/i.test(name) ? readLdif : readJson)(sheets, issues, name, text);
  }
  return { sheets, issues, hash: hash.digest('hex') };
};

export interface Load {
  issues: SheetIssue[];
  changed: Changed;
  accounts: NewAccount[];
}

/** Thrown to undo a trial; what it found out goes along. */
class Undone extends Error {
  readonly load: Load;
  constructor(load: Load) {
    super('a trial is undone');
    this.load = load;
  }
}

/** Writes what differs, with accounts and audit, whole or not at all; with `check` nothing is kept. Nothing is written where anything is wrong. */
export const loadLists = (database: Database, { sheets, issues, hash }: OrganisationFile, check: boolean): Promise<Load> => {
  const permissions = permissionsOf(policyOf(siteModules()));
  return database.as(database.system, async (tx): Promise<Load> => {
    await tx.query("select pg_advisory_xact_lock(hashtextextended('directory.load', 0))");
    const all = [...issues, ...checkSheets(sheets, await knownCodes(tx), permissions.has)];
    if (all.length > 0) return { issues: all, changed: {}, accounts: [] };
    const { changed, added } = await writeLists(tx, sheets);
    if (check) throw new Undone({ issues: [], changed, accounts: added.map(({ username }) => ({ username, password: '' })) });
    const accounts = await openAccounts(tx, added);
    const taken = added.filter(({ username }) => !accounts.some((one) => one.username === username));
    if (taken.length > 0) throw new StartError(both(words.accountTaken, { accounts: taken.map((one) => one.username).join(', ') }));
    if (Object.keys(changed).length > 0) {
      const who = { kind: 'system' as const, name: `${userInfo().username}@${hostname()}`, requestId: 'organisation load', address: '' };
      await openAudit(database).recordFor(tx, who, { event: 'organisation.loaded', subject: hash, detail: changed });
    }
    return { issues: [], changed, accounts };
  }).catch((error: unknown) => {
    if (error instanceof Undone) return error.load;
    throw error;
  });
};

const tell = ({ out }: Terminal, { issues, changed, accounts }: Load, check: boolean): number => {
  if (issues.length > 0) {
    out(both(words.organisationBad, { count: issues.length }));
    for (const { file, line, zh, en } of issues) out(`  ${file}:${line}  ${zh} / ${en}`);
    return FAILED;
  }
  const lists = Object.entries(changed);
  out(both(lists.length === 0 ? words.organisationSame : check ? words.organisationWould : words.organisationLoaded));
  for (const [list, codes] of lists) out(`  ${list} (${codes.length}): ${codes.slice(0, 20).join(', ')}${codes.length > 20 ? ' …' : ''}`);
  if (check || lists.length === 0) return DONE;
  if (accounts.length > 0) out(both(words.oneTime));
  for (const { username, password } of accounts) out(`  ${username}\t${password}`);
  out(both(words.restart));
  return DONE;
};

/** `organisation load FILE [--check]`: divisions, departments, posts, roles and people from JSON or CSV. */
export const loadOrganisationFile = async (path: string, check: boolean, terminal: Terminal, environment: NodeJS.ProcessEnv): Promise<number> => {
  const read = await readOrganisation(resolve(path));
  const running = await startDatabase({ ...databaseOptions(readConfig(environment)), beside: true }, schemasOf(siteModules()));
  try {
    return tell(terminal, await loadLists(running.database, read, check), check);
  } finally {
    await running.stop();
  }
};
