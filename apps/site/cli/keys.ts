import { resolve } from 'node:path';
import { readConfig, type Config } from '@zhengwu/config';
import { rewrapDataKey } from '@zhengwu/crypto';
import { StartError, type Database } from '@zhengwu/database';
import { recordCommand } from '../keys/events.ts';
import { reseal, sealedColumnsOf } from '../keys/resealing.ts';
import { renewColumnKey, renewFileKey, renewSigning } from '../keys/renewing.ts';
import { signingPurposes, type SigningPurpose } from '../keys/signing.ts';
import { siteModules } from '../modules.ts';
import { dataKeyFile, withDataKey } from '../secrets.ts';
import { listKeys } from './keys-list.ts';
import { onSite, type OnSite } from './on-site.ts';
import { both } from './say.ts';
import { DONE, MISUSED, type Terminal } from './terminal.ts';
import { words } from './words.ts';

type Command = (terminal: Terminal, environment: NodeJS.ProcessEnv, reach: OnSite) => Promise<number>;
/** Answers what the trail keeps of it. */
type Work = (place: { terminal: Terminal; config: Config; database: Database }) => Promise<Record<string, unknown>>;

/** `keys rewrap`: wraps the data key with the passphrase of `ZHENGWU_KEY_PASSPHRASE_NEW` in place of `ZHENGWU_KEY_PASSPHRASE`. */
const rewrapKeys: Command = async ({ out }, environment) => {
  const { dataFolder, keyPassphrase, nextKeyPassphrase: next } = readConfig(environment);
  if (next === undefined || keyPassphrase === undefined || next === keyPassphrase) throw new StartError(both(words.rewrapNeeds));
  const file = dataKeyFile(resolve(dataFolder));
  await rewrapDataKey(file, keyPassphrase, next).catch((error: unknown) => {
    throw new StartError(error instanceof Error ? error.message : String(error));
  });
  out(both(words.rewrapped, { file }));
  return DONE;
};

/** `keys rotate`, `keys renew files`. */
const renewFiles: Work = async ({ terminal: { out }, config }) => {
  const done = await renewFileKey(config);
  out(both(words.rotated, { rewrapped: done.rewrapped, sealed: done.sealed }));
  return { key: done.key };
};

/** Seals columns under the newest of their keys and says what became of it. */
const resealColumns: Work = async ({ terminal: { out }, config, database }) => {
  const done = await reseal({ database, config, columns: sealedColumnsOf(siteModules()), now: new Date() });
  out(both(words.keys.resealed, { ...done }));
  return { ...done };
};

const renewColumns: Work = async (place) => ({ ...(await renewColumnKey(place.config)), ...(await resealColumns(place)) });

const renewOne = (wanted: SigningPurpose): Work => async ({ terminal: { out }, config }) => {
  const done = await renewSigning(config, wanted);
  out(both(words.keys.renewed, { purpose: wanted.name, kid: done.key, algorithm: done.algorithm, former: done.former ?? '-' }));
  return { ...done };
};

const workFor = (purpose: string): Work | undefined => {
  const signing = signingPurposes.find(({ name }) => name === purpose);
  return signing ? renewOne(signing) : { files: renewFiles, columns: renewColumns }[purpose];
};

/** Reaches the database first: a key is not renewed where that could not be recorded. */
const recorded = (command: string, event: 'keys.renewed' | 'keys.resealed', subject: string, work: Work): Command => async (terminal, environment, reach) => {
  const config = await withDataKey(readConfig(environment));
  await reach(environment, async (database) => recordCommand(database, command, event, subject, await work({ terminal, config, database })));
  return DONE;
};

const list: Command = async ({ out }, environment) => {
  for (const line of await listKeys(await withDataKey(readConfig(environment)))) out(line);
  return DONE;
};

const commandOf = ([name = '', purpose, ...more]: readonly string[]): Command | undefined => {
  if (more.length > 0 || (name === 'renew') !== (purpose !== undefined)) return undefined;
  if (name === 'renew') {
    const work = workFor(purpose as string);
    return work && recorded(`keys renew ${purpose}`, 'keys.renewed', purpose as string, work);
  }
  return { list, rewrap: rewrapKeys, rotate: recorded('keys rotate', 'keys.renewed', 'files', renewFiles), reseal: recorded('keys reseal', 'keys.resealed', 'columns', resealColumns) }[name];
};

/** `keys list|renew|reseal|rotate|rewrap`: the keys of a site, beside it while it serves. `reach` finds its database. */
export const keysCommand = async (args: readonly string[], terminal: Terminal, environment: NodeJS.ProcessEnv, reach: OnSite = onSite): Promise<number> => {
  const command = commandOf(args);
  if (command) return command(terminal, environment, reach);
  terminal.err(both(words.keysUsage));
  return MISUSED;
};
