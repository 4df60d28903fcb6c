import 'reflect-metadata';
import { Pkcs10CertificateRequest } from '@peculiar/x509';
import { fail } from './errors.ts';
import './keys.ts';
import { suiteOfAlgorithm, type CertificateSuite } from './suites.ts';

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
 * Reads a PKCS#10 request (RFC 2986) for an authority of this suite and checks that whoever made it holds the private key.
 * Throws `certificate.request-unreadable`, `certificate.key-refused`, `certificate.no-possession`.
 */
export const readRequest = async (pem: string, suite: CertificateSuite): Promise<Pkcs10CertificateRequest> => {
  const request = parse(pem);
  if (suiteOfAlgorithm(request.publicKey.algorithm) !== suite) throw fail('certificate.key-refused', { key: suite.keyName });
  const isPossessed = await request.verify().catch(() => false);
  if (!isPossessed) throw fail('certificate.no-possession');
  return request;
};
