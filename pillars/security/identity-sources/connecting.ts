import type { Site } from '@zhengwu/module';
import * as client from 'openid-client';
import { hostsOf, isLoopback, mayAsk } from './addresses.ts';
import { fail } from './errors.ts';
import { guardedFetch } from './fetching.ts';
import type { ClientKeys } from './keys.ts';
import type { SourceRow } from './store.ts';

/** What was discovered is asked anew after this long; a failure is remembered for a moment, so that a source that is down is not hammered. */
const KEPT_MS = 10 * 60_000;
const FAILED_MS = 10_000;
const MOST_KEPT = 50;
/** Clocks may differ by this much. */
const TOLERANCE_SECONDS = 30;

export interface Connections {
  /** The source as its discovery tells it; throws `identity-source.unreachable`. Its JWKS is kept by the client and asked anew for an unknown key, once a minute at most. */
  to(source: SourceRow): Promise<client.Configuration>;
  /** The same, not from memory; throws what went wrong. */
  anew(source: SourceRow): Promise<client.Configuration>;
}

interface World {
  keys: ClientKeys;
  /** The sealed secret, opened. */
  secretOf(source: SourceRow): string;
  demo: boolean;
}

/** private_key_jwt by the key store, wherever its key lies: the library would want the private half in this process. */
const byKey = (keys: ClientKeys): client.ClientAuth => async (as, { client_id }, body) => {
  body.set('client_id', client_id);
  body.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
  // The issuer as the only audience: no other server can pass the assertion on (draft-ietf-oauth-rfc7523bis §4).
  body.set('client_assertion', await keys.assert(client_id, as.issuer));
};

const ENDPOINTS = ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint', 'end_session_endpoint'] as const;

/** The browser too is sent nowhere but to hosts that were agreed to. */
const checkEndpoints = (source: SourceRow, found: client.ServerMetadata, demo: boolean): void => {
  const hosts = hostsOf(source.settings);
  for (const name of ENDPOINTS) {
    const address = found[name];
    if (address === undefined && (name === 'userinfo_endpoint' || name === 'end_session_endpoint')) continue;
    const url = URL.canParse(address ?? '') ? new URL(address ?? '') : null;
    if (!url || !mayAsk(url, demo) || !hosts.has(url.host)) throw new Error(`${name} lies on no agreed host`);
  }
};

const connect = async (source: SourceRow, { keys, secretOf, demo }: World): Promise<client.Configuration> => {
  const { issuer, clientId, auth } = source.settings;
  const server = new URL(issuer);
  if (!mayAsk(server, demo)) throw new Error('the issuer is no address to ask');
  const plain = demo && server.protocol === 'http:' && isLoopback(server.hostname);
  const found = await client.discovery(server, clientId, { [client.clockTolerance]: TOLERANCE_SECONDS }, auth === 'secret' ? client.ClientSecretBasic(secretOf(source)) : byKey(keys), {
    [client.customFetch]: guardedFetch(hostsOf(source.settings), demo) as client.CustomFetch, 
    // The signature of ID tokens is checked although they come over TLS: a gateway in between vouches for nobody (ASVS 6.8.2).
    execute: [client.enableNonRepudiationChecks, ...(plain ? [client.allowInsecureRequests] : [])],
  });
  checkEndpoints(source, found.serverMetadata(), demo);
  return found;
};

export const openConnections = (site: Site, world: World): Connections => {
  const kept = new Map<string, { until: number; configuration: Promise<client.Configuration> }>();
  const put = (source: SourceRow): Promise<client.Configuration> => {
    const name = `${source.id} ${String(source.version)}`;
    if (kept.size >= MOST_KEPT) kept.clear();
    const configuration = connect(source, world);
    const entry = { until: Date.now() + KEPT_MS, configuration };
    kept.set(name, entry);
    configuration.catch((error: unknown) => {
      entry.until = Date.now() + FAILED_MS;
      site.log.warn({ source: source.id, err: error }, 'an outside source of accounts can’t be reached');
    });
    return configuration;
  };
  return {
    anew: put,
    to: async (source) => {
      const known = kept.get(`${source.id} ${String(source.version)}`);
      try {
        return await (known && known.until > Date.now() ? known.configuration : put(source));
      } catch {
        throw fail('identity-source.unreachable');
      }
    },
  };
};
