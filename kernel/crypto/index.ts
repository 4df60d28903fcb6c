export { createHmacSigner, type HmacSigner } from './hmac.ts';
export { openDataKey, readDataKey, rewrapDataKey } from './data-key.ts';
export { openKeyFile } from './key-file.ts';
export { publicKeys, type KeyStore, type PublicKeySet, type SigningKey } from './key-store.ts';
export { signJws, verifyJws, type VerifiedJws } from './jws.ts';
export { createSealer, type Sealer } from './seal.ts';
export { intl } from './intl.ts';
export { formatTagged, parseTagged, suiteOf, type CryptoSuite, type Tagged } from './suite.ts';
export { hashToken, isSameText, mintToken } from './tokens.ts';
