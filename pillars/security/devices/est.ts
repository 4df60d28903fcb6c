import { X509Certificate } from 'node:crypto';
import { fail } from './errors.ts';

const [SEQUENCE, SET, INTEGER, CONTEXT_0] = [0x30, 0x31, 0x02, 0xa0];
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');
const DATA = Buffer.from('06092a864886f70d010701', 'hex');

const lengthOf = (size: number): Buffer => {
  if (size < 0x80) return Buffer.from([size]);
  const digits = Buffer.from(size.toString(16).padStart(size > 0xff ? (size > 0xffff ? 6 : 4) : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | digits.length]), digits]);
};
const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
};

/** A certs-only SignedData (RFC 5272 §4.1, RFC 5652 §5.1: no signer) of the PEM certificates, in base64 as RFC 7030 §4.1.3 and RFC 8951 have it. */
export const certsOnly = (pem: string): string => {
  const certificates = (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map((one) => Buffer.from(new X509Certificate(one).raw));
  const signed = der(SEQUENCE, der(INTEGER, Buffer.from([1])), der(SET), der(SEQUENCE, DATA), der(CONTEXT_0, ...certificates), der(SET));
  return `${(der(SEQUENCE, SIGNED_DATA, der(CONTEXT_0, signed)).toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n`;
};

/** PKCS#10 in PEM from a body in base64 (RFC 7030 §4.2.1). Throws `est.request-unreadable`. */
export const requestIn = (body: string): string => {
  const base64 = body.replace(/\s/g, '');
  if (base64 === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw fail('est.request-unreadable');
  return `-----BEGIN CERTIFICATE REQUEST-----\n${(base64.match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE REQUEST-----\n`;
};

/** User and password of HTTP Basic (RFC 7617); undefined for anything else. */
export const basicIn = (header: string | undefined): { id: string; secret: string } | undefined => {
  const text = Buffer.from(/^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(header ?? '')?.[1] ?? '', 'base64').toString();
  const [, id, secret] = /^([a-z0-9-]{2,40}):([\w-]{1,100})$/.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
};
