import { columnKeys, createSealer, suiteNamed, type Sealer } from '@zhengwu/crypto';
import { Identity } from '@zhengwu/identity';
import { key, type Site } from '@zhengwu/module';
import type { Tx } from '@zhengwu/database';
import { openConnections, type Connections } from './connecting.ts';
import { openClientKeys, type ClientKeys } from './keys.ts';

/** What the parts of this module share. */
export interface Opened {
  keys: ClientKeys;
  connections: Connections;
  sealer: Sealer;
}
export const Opened = key<Opened>('identity-sources');

export const openShared = (site: Site): Opened => {
  const sealer = createSealer(site.use(Identity).secret, 'identity-sources', suiteNamed(site.config.cryptoSuite), columnKeys(site.config));
  const keys = openClientKeys(site);
  return { keys, sealer, connections: openConnections(site, { keys, demo: site.config.demo, secretOf: ({ id, secret }) => sealer.open(secret ?? '', `source ${id}`) }) };
};

export const asPlatform = <T>(site: Site, work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);

/** Where the browser comes back to from a source; one address a source, so that an answer of another is never taken for its own (RFC 9700 §4.4). */
export const redirectUri = (site: Site, source: string): string => `${site.config.origins.portal}/sign-in/outside/${source}/callback`;
