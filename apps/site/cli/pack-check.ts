import { resolve } from 'node:path';
import { checkPackDirectory } from '@zhengwu/services';
import { both } from './say.ts';
import { DONE, FAILED, MISUSED, type Terminal } from './terminal.ts';
import { words } from './words.ts';

const checkOne = async (directory: string, { out }: Terminal): Promise<boolean> => {
  const { data, findings } = await checkPackDirectory(resolve(directory));
  if (data && findings.length === 0) {
    out(both(words.packGood, { directory, code: data.code, version: data.version, services: data.services.length }));
    return true;
  }
  out(both(words.packBad, { directory, count: findings.length }));
  for (const { file, path, rule, zh, en, remedy } of findings) {
    out(`\n  ${file}  ${path}  ${rule}`);
    for (const line of [zh, en, `→ ${remedy.zh}`, `→ ${remedy.en}`]) out(`    ${line}`);
  }
  return false;
};

/** `pack check DIR…`: every finding with file, path, rule and remedy; 1 when there is one. Offline. */
export const checkPacks = async (directories: readonly string[], terminal: Terminal): Promise<number> => {
  if (directories.length === 0) {
    terminal.err(both(words.noPack));
    return MISUSED;
  }
  let isGood = true;
  for (const directory of directories) isGood = (await checkOne(directory, terminal)) && isGood;
  return isGood ? DONE : FAILED;
};
