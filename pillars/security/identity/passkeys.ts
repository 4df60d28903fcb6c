import {
  generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse,
  type AuthenticationResponseJSON, type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Config } from '@zhengwu/config';
import type { Kind, PasskeyRow } from './store-proofs.ts';

/** Who asks for a passkey (WebAuthn relying party): officials at the site's origin, citizens at the portal's. */
export interface RelyingParty {
  id: string;
  origins: string[];
}

/** A passkey belongs to a name, never to an address: on loopback that is localhost. */
export const relyingParty = ({ origins }: Pick<Config, 'origins'>, kind: Kind): RelyingParty => {
  const own = kind === 'official' ? [origins.site, origins.tls] : [origins.portal];
  const named = own.map((origin) => origin.replace('//127.0.0.1', '//localhost'));
  return { id: new URL(named[0] as string).hostname, origins: [...new Set([...own, ...named])] };
};

export interface NewPasskey {
  credential: string;
  public_key: Buffer;
  sign_count: number;
  transports: string[];
}

export const enrolmentOptions = (party: RelyingParty, issuer: string, account: { id: string; username: string; name: string }, held: readonly PasskeyRow[]) =>
  generateRegistrationOptions({
    rpName: issuer, rpID: party.id, userID: new TextEncoder().encode(account.id), userName: account.username, userDisplayName: account.name, attestationType: 'none',
    excludeCredentials: held.map((one) => ({ id: one.credential, transports: one.transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });

/** What the browser made, verified: origin, relying party, challenge, user verification; null when anything is wrong. */
export const verifyEnrolment = async (party: RelyingParty, challenge: string, response: unknown): Promise<NewPasskey | null> => {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: response as RegistrationResponseJSON, expectedChallenge: challenge, expectedOrigin: party.origins, expectedRPID: party.id, requireUserVerification: true,
    });
    if (!verified) return null;
    const { id, publicKey, counter, transports } = registrationInfo.credential;
    return { credential: id, public_key: Buffer.from(publicKey), sign_count: counter, transports: (transports ?? []).slice(0, 8).map(String) };
  } catch {
    // The library throws for whatever does not fit; to the caller it is one refusal.
    return null;
  }
};

/** Without `held` the browser offers whatever passkeys it has for us. */
export const proofOptions = (party: RelyingParty, held: readonly PasskeyRow[] = []) =>
  generateAuthenticationOptions({ rpID: party.id, userVerification: 'required', allowCredentials: held.map((one) => ({ id: one.credential, transports: one.transports })) });

/** The credential that a response names. */
export const credentialOf = (response: unknown): string => {
  const id = (response as { id?: unknown } | null)?.id;
  return typeof id === 'string' && id.length <= 1400 ? id : '';
};

/** The new sign count when the proof holds; null otherwise. A count that does not grow is a copied authenticator (WebAuthn §7.2 step 22). */
export const verifyProof = async (party: RelyingParty, challenge: string, passkey: PasskeyRow, response: unknown): Promise<number | null> => {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON, expectedChallenge: challenge, expectedOrigin: party.origins, expectedRPID: party.id, requireUserVerification: true,
      credential: { id: passkey.credential, publicKey: new Uint8Array(passkey.public_key), counter: passkey.sign_count, transports: passkey.transports },
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    // The library throws for whatever does not fit; to the caller it is one refusal.
    return null;
  }
};
