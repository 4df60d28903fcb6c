import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { callListed } from '@zhengwu/http';
import type { Log } from '@zhengwu/log';
import { X509Certificate, X509Crl } from '@peculiar/x509';
import { Fault } from './faults.ts';
import type { TrustedAuthority } from './membership.ts';

/** Judges certificates by the authorities of the membership document. */
export interface Trust {
  /** Resolves when the certificate (PEM) is of one of these authorities, in force and not revoked. Throws the fault that says why not. */
  check(pem: string, authorities: readonly TrustedAuthority[], now: Date): Promise<void>;
}

interface Judged {
  notBefore: Date;
  notAfter: Date;
  /** Without leading zeros, lower-case. */
  serial: string;
  authority: TrustedAuthority;
  issuer: X509Certificate;
}

interface List {
  serials: ReadonlySet<string>;
  nextUpdate: number;
  fetchedAt: number;
}

/** A list is asked for again after this; a new one counts at once, the old one until its own end where none can be had. */
const LOOK_MS = 60_000;
const FETCH_MS = 5000;
const LONGEST_LIST = 20_000_000;

const refused = (message: string): Fault => new Fault('Server.ServerProxy.InvalidSignature.CertificateNotTrusted', message, randomUUID());
const bare = (serial: string): string => serial.toLowerCase().replace(/^0+/, '');

const judge = async (pem: string, authorities: readonly TrustedAuthority[]): Promise<Judged> => {
  const certificate = new X509Certificate(pem);
  for (const authority of authorities) {
    const issuer = new X509Certificate(authority.chain);
    if (certificate.issuer !== issuer.subject) continue;
    if (await certificate.verify({ publicKey: issuer.publicKey, signatureOnly: true }).catch(() => false)) {
      return { notBefore: certificate.notBefore, notAfter: certificate.notAfter, serial: bare(certificate.serialNumber), authority, issuer };
    }
  }
  throw refused('no authority of the federation issued the certificate that signed');
};

const fetchList = async (url: string, issuer: X509Certificate): Promise<List> => {
  const response = await callListed(url, {}, { hosts: [new URL(url).host], milliseconds: FETCH_MS });
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!response.ok || bytes.length > LONGEST_LIST) throw new Error(`${url} answered ${response.status}`);
  const list = new X509Crl(bytes);
  if (list.issuer !== issuer.subject || !(await list.verify({ publicKey: issuer.publicKey }))) throw new Error(`the list at ${url} is not its issuer's`);
  return { serials: new Set(list.entries.map(({ serialNumber }) => bare(serialNumber))), nextUpdate: list.nextUpdate?.getTime() ?? 0, fetchedAt: Date.now() };
};

/** Each certificate's issuer is verified once; its dates and the list of what is revoked (RFC 5280 §5) count at every use. */
export const openTrust = (log: Log): Trust => {
  const judged = new Map<string, Promise<Judged>>();
  const lists = new Map<string, List>();
  const fetching = new Map<string, Promise<void>>();
  const refresh = (url: string, issuer: X509Certificate): Promise<void> => {
    const running = fetching.get(url) ?? fetchList(url, issuer).then((list) => void lists.set(url, list), (error: unknown) => log.warn({ err: error, url }, 'the revocation list could not be had')).finally(() => fetching.delete(url));
    fetching.set(url, running);
    return running;
  };
  const checkList = async (url: string, { serial, issuer }: Judged, now: Date): Promise<void> => {
    const held = lists.get(url);
    const isStale = !held || Date.now() - held.fetchedAt > LOOK_MS;
    if (isStale) {
      const fresh = refresh(url, issuer);
      // A list that still holds is used while the next one is on its way.
      if (!held || held.nextUpdate <= now.getTime()) await fresh;
    }
    const list = lists.get(url);
    if (!list || list.nextUpdate <= now.getTime()) throw new Fault('Server.ServerProxy.CannotCheckCertificate', `the revocation list at ${url} can't be had, and the last one is over`, randomUUID());
    if (list.serials.has(serial)) throw refused('the certificate that signed is revoked or suspended');
  };
  return {
    check: async (pem, authorities, now) => {
      const key = `${authorities.map(({ id }) => id).join()}\n${pem}`;
      const known = judged.get(key) ?? judge(pem, authorities);
      if (judged.size > 1000) judged.clear();
      judged.set(key, known);
      known.catch(() => judged.delete(key));
      const found = await known;
      if (found.notBefore > now || found.notAfter <= now) throw refused('the certificate that signed is not in force now');
      if (found.authority.revocations !== null) await checkList(found.authority.revocations, found, now);
    },
  };
};
