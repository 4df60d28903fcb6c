import { X509Certificate } from 'node:crypto';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { beginAuthority, chainFileOf, KEYS, noAuthority, readChain, renewIssuing, authorityExists, writeChain } from '@zhengwu/certificates';
import { readConfig, type Config } from '@zhengwu/config';
import { openSigningKeys, suiteNamed } from '@zhengwu/crypto';
import { StartError } from '@zhengwu/database';
import { withDataKey } from '../secrets.ts';
import { both } from './say.ts';
import { DONE, MISUSED, type Terminal } from './terminal.ts';
import { words } from './words.ts';

interface Asked {
  folder: string;
  name: string;
}

const rootFileIn = (folder: string): string => join(resolve(folder), 'root.json');

/** The settings, with the data key, and the passphrase of the root, which is another than the site's. */
const settingsOf = async (environment: NodeJS.ProcessEnv): Promise<{ config: Config; passphrase: string }> => {
  const given = readConfig(environment);
  const { rootPassphrase: passphrase, keyPassphrase } = given;
  if (passphrase === undefined || keyPassphrase === undefined || passphrase === keyPassphrase) throw new StartError(both(words.caNeeds));
  return { config: await withDataKey(given), passphrase };
};

const made = async ({ folder, name }: Asked, { out }: Terminal, environment: NodeJS.ProcessEnv): Promise<number> => {
  const { config, passphrase } = await settingsOf(environment);
  const chainFile = chainFileOf(config);
  if (await readChain(chainFile)) throw authorityExists(chainFile);
  const keys = await openSigningKeys(config, KEYS, suiteNamed(config.cryptoSuite));
  const rootFile = rootFileIn(folder);
  await writeChain(chainFile, await beginAuthority({ name, demo: config.demo, rootFile, passphrase, dataFolder: config.dataFolder, keys, now: new Date() }));
  out(both(words.caMade, { name, root: rootFile, chain: chainFile }));
  return DONE;
};

const renewed = async ({ folder }: Asked, { out }: Terminal, environment: NodeJS.ProcessEnv): Promise<number> => {
  const { config, passphrase } = await settingsOf(environment);
  const chainFile = chainFileOf(config);
  const chain = await readChain(chainFile);
  if (!chain) throw noAuthority();
  const next = await renewIssuing(chain, rootFileIn(folder), passphrase, new Date());
  await writeChain(chainFile, next);
  out(both(words.caRenewed, { until: new X509Certificate(next.issuing).validTo, chain: chainFile }));
  return DONE;
};

const works: Readonly<Record<string, { needsName: boolean; work: (asked: Asked, terminal: Terminal, environment: NodeJS.ProcessEnv) => Promise<number> }>> = {
  init: { needsName: true, work: made },
  renew: { needsName: false, work: renewed },
};

const read = (args: readonly string[]): Asked | undefined => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { name: { type: 'string' } } });
    return positionals.length === 1 ? { folder: positionals[0] as string, name: values.name?.trim() ?? '' } : undefined;
  } catch {
    return undefined;
  }
};

/** `ca init|renew`: the certificate authority of a site; the only commands that open the root key. */
export const authorityCommand = async ([name = '', ...args]: readonly string[], terminal: Terminal, environment: NodeJS.ProcessEnv): Promise<number> => {
  const chosen = Object.hasOwn(works, name) ? works[name] : undefined;
  const asked = read(args);
  if (!chosen || !asked || chosen.needsName !== (asked.name !== '')) {
    terminal.err(both(words.caUsage));
    return MISUSED;
  }
  return chosen.work(asked, terminal, environment);
};
