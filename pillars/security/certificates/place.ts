import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Config } from '@zhengwu/config';
import { fail } from './errors.ts';

/** Both certificates of an authority as PEM. */
export interface Chain {
  root: string;
  issuing: string;
}

/** Name under which the key store of a site keeps the authority's keys. */
export const KEYS = 'certificates';

/** Where the chain of a site's authority lies: beside its keys; for a site without a passphrase (a test) where nothing finds it again. */
export const chainFileOf = ({ dataFolder, keyPassphrase }: Pick<Config, 'dataFolder' | 'keyPassphrase'>): string =>
  join(...(keyPassphrase === undefined ? [tmpdir(), `zhengwu-authority-${randomUUID()}`] : [dataFolder, 'keys']), 'certificates.pem');

const write = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Writes a file that must not be there yet; on disk when it resolves. */
export const writeOnce = write;

/** Puts the chain in place, whole or not at all: the issuing certificate, then the root. */
export const writeChain = async (chainFile: string, { issuing, root }: Chain): Promise<void> => {
  const beside = `${chainFile}.${randomUUID()}`;
  await write(beside, issuing + root);
  await rename(beside, chainFile);
};

/** The chain of the site's authority; undefined while there is none. */
export const readChain = async (chainFile: string): Promise<Chain | undefined> => {
  if (!existsSync(chainFile)) return undefined;
  const [issuing, root] = (await readFile(chainFile, 'utf8')).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g) ?? [];
  if (issuing === undefined || root === undefined) throw new Error(`${chainFile} does not hold the issuing certificate and the root`);
  return { issuing, root };
};

/** For commands: there is no authority here, or one already. */
export const noAuthority = (): Error => fail('certificate.no-authority');
export const authorityExists = (path: string): Error => fail('certificate.authority-exists', { path });
