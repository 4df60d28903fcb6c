import 'reflect-metadata';
import { Pkcs10CertificateRequest } from '@peculiar/x509';
import { fail } from './errors.ts';
import './keys.ts';

const MAX_LENGTH = 16_384;

const parse = (pem: string): Pkcs10CertificateRequest => {
  if (pem.length > MAX_LENGTH) throw fail('certificate.request-unreadable');
  try {
    return new Pkcs10CertificateRequest(pem);
  } catch (cause) {
    throw fail('certificate.request-unreadable', {}, { cause });
  }
};

/**
 * Reads a PKCS#10 request (RFC 2986) and checks that whoever made it holds the private key.
 * Throws `certificate.request-unreadable`, `certificate.key-refused`, `certificate.no-possession`.
 */
export const readRequest = async (pem: string): Promise<Pkcs10CertificateRequest> => {
  const request = parse(pem);
  const { name, namedCurve } = request.publicKey.algorithm as EcKeyAlgorithm;
  if (name !== 'ECDSA' || namedCurve !== 'P-256') throw fail('certificate.key-refused');
  const isPossessed = await request.verify().catch(() => false);
  if (!isPossessed) throw fail('certificate.no-possession');
  return request;
};
