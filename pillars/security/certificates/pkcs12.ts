import 'reflect-metadata';
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import * as asn1js from 'asn1js';
import { AuthenticatedSafe, CertBag, Certificate, PFX, PKCS8ShroudedKeyBag, SafeBag, SafeContents, type PrivateKeyInfo } from 'pkijs';
import { makeKeys, subtle } from './keys.ts';
import { international, type CertificateSuite } from './suites.ts';

const CERTIFICATE_BAG = '1.2.840.113549.1.12.10.1.3';
const KEY_BAG = '1.2.840.113549.1.12.10.1.2';
/** Rounds of the key's encryption, and of the integrity check over the file, which RFC 7292 derives more slowly. */
const ITERATIONS = 200_000;
const MAC_ITERATIONS = 10_000;

/** A fresh key pair with its request, for somebody who cannot make one. The private key leaves this process in the hand-out alone. */
export const makeKeyPair = async (suite: CertificateSuite = international): Promise<{ privateKey: CryptoKey; request: string }> => {
  const keys = await makeKeys(suite);
  const request = await Pkcs10CertificateRequestGenerator.create({ keys, signingAlgorithm: suite.signing });
  return { privateKey: keys.privateKey, request: `${request.toString('pem')}\n` };
};

const derOf = (pem: string): ArrayBuffer => new Uint8Array(Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')).buffer;
const certificateBag = (pem: string): SafeBag => new SafeBag({ bagId: CERTIFICATE_BAG, bagValue: new CertBag({ parsedValue: Certificate.fromBER(derOf(pem)) }) });

/**
 * A PKCS#12 file (RFC 7292) with a private key, its certificate and the chain, under a password of printable ASCII:
 * AES-256 keyed by PBKDF2, HMAC-SHA-256 over the whole.
 */
export const packPkcs12 = async (privateKey: CryptoKey, certificates: readonly string[], password: string): Promise<Buffer> => {
  const secret = new Uint8Array(Buffer.from(password, 'latin1')).buffer;
  const encryption = { password: secret, contentEncryptionAlgorithm: { name: 'AES-CBC', length: 256 } as never, hmacHashAlgorithm: 'SHA-256', iterationCount: ITERATIONS };
  // The library reads no key on SM2; it only has to encrypt what is DER already.
  const info = asn1js.fromBER(await subtle.exportKey('pkcs8', privateKey)).result;
  const key = new PKCS8ShroudedKeyBag({ parsedValue: { toSchema: () => info } as unknown as PrivateKeyInfo });
  await key.makeInternalValues(encryption);
  const contents = [
    { privacyMode: 0, value: new SafeContents({ safeBags: [new SafeBag({ bagId: KEY_BAG, bagValue: key })] }) },
    { privacyMode: 1, value: new SafeContents({ safeBags: certificates.map(certificateBag) }) },
  ];
  const file = new PFX({ parsedValue: { integrityMode: 0, authenticatedSafe: new AuthenticatedSafe({ parsedValue: { safeContents: contents } }) } });
  await file.parsedValue?.authenticatedSafe?.makeInternalValues({ safeContents: [{}, encryption] });
  await file.makeInternalValues({ password: secret, iterations: MAC_ITERATIONS, pbkdf2HashAlgorithm: 'SHA-256', hmacHashAlgorithm: 'SHA-256' });
  return Buffer.from(file.toSchema().toBER());
};
