import { columnKeys, createHmacSigner, createSealer, openSigningKeys, suiteNamed, type KeyStore, type Sealer } from '@zhengwu/crypto';
import { key, type Site } from '@zhengwu/module';
import type Provider from 'oidc-provider';
import type { Interaction as Model } from 'oidc-provider';
import { keysOf, PURPOSE } from './keys.ts';
import { openProvider } from './provider.ts';
import { pairwise } from './subject.ts';

/** A sign-on that waits for the person, with what the application asked for. */
export type Interaction = InstanceType<typeof Model>;

/** The provider of this site; it is made anew when its keys change, here or by an operator's command. */
export interface Provided {
  readonly issuer: string;
  readonly keys: KeyStore;
  readonly sealer: Sealer;
  provider(): Promise<Provider>;
  subjectFor(account: string, clientId: string): string;
  /** Signs with a new key from now on; answers its id. */
  rotate(): Promise<string>;
}

export const Provided = key<Provided>('sign-on');

/** Under which path of the site the protocol is spoken. */
export const PREFIX = '/sso';
/** For sites without a passphrase (tests). */
const FALLBACK_SECRET = 'sign-on-without-passphrase-000000';
const TOKENS_PER_MINUTE = 1200;

export const openProvided = async (site: Site): Promise<Provided> => {
  const { config, database, clock } = site;
  const secret = config.keyPassphrase ?? FALLBACK_SECRET;
  const keys = await openSigningKeys(config, 'sign-on');
  const sealer = createSealer(secret, 'sign-on', suiteNamed(config.cryptoSuite), columnKeys(config));
  const issuer = `${config.origins.site}${PREFIX}`;
  const subjectFor = pairwise(secret);
  const open = async (): Promise<{ kid: string; provider: Provider }> => {
    const { kid } = await keys.current(PURPOSE);
    const provider = openProvider({
      database, sealer, issuer, tlsOrigin: config.origins.tls, keys: await keysOf(keys, clock.now()), cookieKeys: [createHmacSigner(secret, 'sign-on-cookies').sign('key')],
      subjectFor, hours: config.session.hours, tokensPerMinute: TOKENS_PER_MINUTE,
    });
    provider.on('server_error', (_ctx, error) => site.log.error({ err: error }, 'sign-on failed'));
    return { kid, provider };
  };
  let opened = await open();
  return {
    issuer, keys, sealer, subjectFor,
    provider: async () => {
      const { kid } = await keys.current(PURPOSE);
      if (kid !== opened.kid) opened = await open();
      return opened.provider;
    },
    rotate: async () => {
      const { kid } = await keys.rotate(PURPOSE);
      opened = await open();
      return kid;
    },
  };
};
