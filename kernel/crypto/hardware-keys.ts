import { createHash, createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { intl } from './intl.ts';
import { thumbprint, type KeyStore, type SigningKey } from './key-store.ts';
import { openTokenProgram, type TokenPlace, type TokenProgram } from './token-program.ts';

/** SubjectPublicKeyInfo of P-256 (RFC 5480), up to the point. */
const P256 = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');
const P256_PARAMETERS = '06082a8648ce3d030107';
const SIGNATURE = 64;
const PURPOSE = /^[a-z0-9.-]{1,40}$/;
/** After how long the token is looked at again: for keys that another process made, and for a key that nobody here knows. */
const LOOK_MS = 10_000;
const UNKNOWN_MS = 5_000;

interface Found {
  id: string;
  purpose: string;
  /** Milliseconds since 1970, from the label. */
  made: number;
  publicKey: KeyObject;
}

const publicKeyFrom = (point: string): KeyObject => createPublicKey({ key: Buffer.concat([P256, Buffer.from(point.replace(/^0441/, ''), 'hex')]), format: 'der', type: 'spki' });

/** What `pkcs11-tool --list-objects` prints of our keys; others on the token are passed over. */
export const readListing = (text: string): Found[] =>
  text.split(/^(?=\S+ Key Object)/m).flatMap((object) => {
    const field = (name: string): string => new RegExp(`^ +${name}: +(\\S+)`, 'm').exec(object)?.[1] ?? '';
    const [, purpose, made] = /^zhengwu\/([a-z0-9.-]+)\/(\d{13})$/.exec(field('label')) ?? [];
    const [point, id] = [field('EC_POINT'), field('ID')];
    if (purpose === undefined || field('EC_PARAMS') !== P256_PARAMETERS || !/^0441(04[0-9a-f]{128})$/.test(point) || !/^[0-9a-f]+$/.test(id)) return [];
    return [{ id, purpose, made: Number(made), publicKey: publicKeyFrom(point) }];
  });

const signWith = async (program: TokenProgram, id: string, publicKey: KeyObject, content: Buffer | string): Promise<Buffer> => {
  const hash = createHash('sha256').update(content).digest();
  const value = await program(['--sign', '--mechanism', 'ECDSA', '--id', id, '--signature-format', 'rs'], hash);
  if (value.length !== SIGNATURE || !intl.verify(publicKey, content, { algorithm: intl.signatureAlgorithm, value })) throw new Error('the hardware module answered a signature that is not its key’s');
  return value;
};

/** The newest key of a purpose signs; each one before it was retired when the next was made. */
const keysFrom = (found: readonly Found[], program: TokenProgram): SigningKey[] =>
  [...found].sort((a, b) => a.made - b.made).map(({ id, purpose, made, publicKey }, index, all): SigningKey => {
    const next = all.slice(index + 1).find((one) => one.purpose === purpose);
    return {
      kid: thumbprint(publicKey), purpose, algorithm: intl.signatureAlgorithm, publicKey, privateKey: null, createdAt: new Date(made).toISOString(),
      retiredAt: next ? new Date(next.made).toISOString() : null, sign: (content) => signWith(program, id, publicKey, content),
    };
  });

/**
 * Signing keys (ES256) made in a PKCS#11 token and never leaving it. Signing asks the module, some tens of milliseconds each, one at a
 * time. Keys that another process makes are seen within ten seconds. Throws when the module, its token or the PIN does not answer: here, so that a site does not start without its keys.
 */
export const openHardwareKeys = async (place: TokenPlace, program: TokenProgram = openTokenProgram(place)): Promise<KeyStore> => {
  const list = async (): Promise<SigningKey[]> => keysFrom(readListing((await program(['--list-objects', '--type', 'pubkey'])).toString()), program);
  let keys = await list();
  let looked = Date.now();
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  const fresh = async (age = LOOK_MS): Promise<readonly SigningKey[]> => {
    if (Date.now() - looked < age) return keys;
    looked = Date.now();
    // A module that does not answer is told of by whoever signs; what is known of its keys verifies on.
    return inTurn(async () => (keys = await list())).catch(() => keys);
  };
  const currentOf = (purpose: string): SigningKey | undefined => keys.find((k) => k.purpose === purpose && k.retiredAt === null);
  const renew = async (purpose: string): Promise<SigningKey> => {
    if (!PURPOSE.test(purpose)) throw new RangeError(`not a purpose: ${purpose}`);
    const after = Math.max(Date.now(), ...keys.map((k) => Date.parse(k.createdAt) + 1));
    await program(['--keypairgen', '--key-type', 'EC:prime256v1', '--usage-sign', '--id', randomBytes(16).toString('hex'), '--label', `zhengwu/${purpose}/${after}`]);
    keys = await list();
    const made = currentOf(purpose);
    if (!made) throw new Error('the hardware module made a key and does not show it');
    return made;
  };
  return {
    place: `PKCS#11 ${place.token}`,
    algorithm: intl.signatureAlgorithm,
    current: async (purpose) => (await fresh(), currentOf(purpose)) ?? inTurn(async () => currentOf(purpose) ?? renew(purpose)),
    find: async (kid) => keys.find((k) => k.kid === kid) ?? (await fresh(UNKNOWN_MS)).find((k) => k.kid === kid),
    all: async () => [...(await fresh())],
    rotate: (purpose) => inTurn(() => renew(purpose)),
  };
};
