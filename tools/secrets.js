// Secrets that demo mode makes by itself; outside demo mode the configuration must bring them.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { giveUp, root } from './project.js';

const names = ['ZHENGWU_PORTAL_SECRET', 'ZHENGWU_KEY_PASSPHRASE', 'ZHENGWU_FEDERATION_PASSPHRASE'];

export const dataFolder = () => resolve(root, process.env.ZHENGWU_DATA ?? 'data');

const reasons = { ENOSPC: 'the disk is full', EACCES: 'you may not write there', EROFS: 'it is read-only', ENOTDIR: 'a file is in the way' };

/** The data folder, made if missing; one line and the end when it cannot be written. */
export const ensureDataFolder = () => {
  const folder = dataFolder();
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '.write-check'), 'x'.repeat(4096));
    rmSync(join(folder, '.write-check'));
    return folder;
  } catch (error) {
    return giveUp(`the data folder ${folder} cannot be written (${reasons[error.code] ?? error.code}): choose another with ZHENGWU_DATA`);
  }
};

/** Makes what is missing; what is there stays. */
const make = (file, kept) => {
  const made = { ...Object.fromEntries(names.map((name) => [name, randomBytes(32).toString('base64url')])), ...kept };
  writeFileSync(`${file}.new`, `${JSON.stringify(made)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return made;
};

export const isDemo = () => !/^(off|0|false|no)$/i.test(process.env.ZHENGWU_DEMO ?? 'on');

/** Environment variables to add to those the caller has set; the secrets of a further site lie in its own folder and are its own. */
export const demoSecrets = (folder = undefined) => {
  if (!isDemo()) return {};
  const file = join(folder ?? ensureDataFolder(), 'demo-secrets.json');
  const found = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const kept = names.every((name) => found[name]) ? found : make(file, found);
  return Object.fromEntries(Object.entries(kept).filter(([name]) => folder !== undefined || !process.env[name]));
};
