/** Passkeys belong to a name: at a bare address no browser offers them. */
export const canPasskey = (): boolean =>
  typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential && !/^[\d.]+$|:/.test(location.hostname);

const jsonOf = (credential: Credential | null): Record<string, unknown> => {
  if (!(credential instanceof PublicKeyCredential)) throw new Error('no credential');
  return { ...credential.toJSON() };
};

/** Lets the device make a passkey; throws when the person stops it. */
export const makePasskey = async (options: unknown): Promise<Record<string, unknown>> =>
  jsonOf(await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON) }));

/** Lets the person prove themselves by a passkey; throws when they stop it. */
export const usePasskey = async (options: unknown): Promise<Record<string, unknown>> =>
  jsonOf(await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON) }));
