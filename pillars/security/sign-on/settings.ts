import { createPublicKey } from 'node:crypto';
import type { BodyOf, putSignOn } from '@zhengwu/contracts';
import { isOwnMachine } from '@zhengwu/http';
import { fail } from './errors.ts';

type Settings = Omit<BodyOf<typeof putSignOn>, 'version'>;

const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth', 'priv'];
const LEAST_RSA_BITS = 2048;

/** Whole addresses alone: https, or http on this machine; nothing that a browser or a server could read in two ways. */
const isAddress = (address: string): boolean => {
  if (!URL.canParse(address) || /[\s*\\#]/.test(address)) return false;
  const { protocol, hostname, username, password, href } = new URL(address);
  if (username !== '' || password !== '' || hostname === '') return false;
  return (protocol === 'https:' || (protocol === 'http:' && isOwnMachine(hostname.replace(/^\[|\]$/g, '')))) && (href === address || href === `${address}/`);
};

const refuseAddress = (path: string, address: string): never => {
  throw fail('sign-on.bad-address', { address }, { issues: [{ path: `/body/${path}`, code: 'sign-on.bad-address' }] });
};

const isPublicKey = (jwk: Record<string, unknown>): boolean => {
  if (PRIVATE.some((name) => name in jwk)) return false;
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({ key: jwk, format: 'jwk' });
    if (asymmetricKeyType === 'rsa') return (asymmetricKeyDetails?.modulusLength ?? 0) >= LEAST_RSA_BITS;
    return asymmetricKeyType === 'ed25519' || (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1');
  } catch {
    return false;
  }
};

/** Throws what stands in the way of these settings, before anything is kept. */
export const checkSettings = ({ redirectUris, logoutUris, backchannelUri, method, keys, institution, bound, scopes, own }: Settings): void => {
  const bad = redirectUris.find((one) => !isAddress(one));
  if (bad !== undefined) refuseAddress('redirectUris', bad);
  // One host to one application: the pairwise name of a person is that host's (OIDC Core §8.1).
  const strange = redirectUris.find((one) => new URL(one).host !== new URL(redirectUris[0] as string).host);
  if (strange !== undefined) refuseAddress('redirectUris', strange);
  const badLogout = logoutUris.find((one) => !isAddress(one));
  if (badLogout !== undefined) refuseAddress('logoutUris', badLogout);
  if (backchannelUri !== null && !isAddress(backchannelUri)) refuseAddress('backchannelUri', backchannelUri);
  const fits = (method === 'private_key_jwt') === (keys !== null) && (method === 'tls_client_auth') === (institution !== null) && !((bound || own) && method === 'none') && scopes.includes('openid');
  if (!fits) throw fail('sign-on.bad-method', {}, { issues: [{ path: '/body/method', code: 'sign-on.bad-method' }] });
  if (keys !== null && !keys.keys.every(isPublicKey)) throw fail('sign-on.bad-keys', {}, { issues: [{ path: '/body/keys', code: 'sign-on.bad-keys' }] });
};
