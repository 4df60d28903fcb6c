import type { Named } from '@zhengwu/audit';
import type { Tx } from '@zhengwu/database';
import { key } from '@zhengwu/module';
import type { JsonName } from '@peculiar/x509';
import type { ListenerCertificate } from './listener.ts';
import type { Holder } from './profiles.ts';
import type { RevocationReason } from './revocation-list.ts';

/** The time-stamp authority of a site (RFC 3161). */
export interface TimeStamps {
  /**
   * A time-stamp token (RFC 3161 §2.4.2: a CMS ContentInfo, DER) over a SHA-256 digest of 32 bytes. It holds the time-stamp
   * authority's certificate and the issuing one. Throws `certificate.no-authority` while the site has none.
   */
  stamp(digest: Buffer): Promise<Buffer>;
}

export const TimeStamps = key<TimeStamps>('certificates.time-stamps');

/** What is issued without a registrar, by a module that checked the holder itself. */
export interface DirectOrder {
  holder: Holder;
  /** PKCS#10, PEM. */
  request: string;
  /** Official whose certificate it is, by the id of the directory; the certificate ends when the person leaves. */
  person?: string;
  /** Serial number of the certificate that this one follows. */
  renews?: string;
}

/** A certificate and where it stands. */
export interface CertificateOnFile {
  /** Lower-case hex. */
  serial: string;
  profile: Holder['kind'];
  name: string;
  /** Official whose certificate it is, by the id of the directory. */
  person: string | null;
  state: 'valid' | 'held' | 'revoked';
  notBefore: Date;
  notAfter: Date;
  /** PEM. */
  certificate: string;
}

/** The certificate authority of a site, for other modules. */
export interface Authority {
  /** PEM: the issuing certificate, then the root. Throws `certificate.no-authority` while the site has none. */
  chain(): Promise<string>;
  /** What a PKCS#10 request (PEM) names, once it has proved possession of its key. Throws what `readRequest` throws, and `certificate.no-authority`. */
  namesIn(request: string): Promise<JsonName>;
  /**
   * Issues and keeps a certificate in the caller's transaction, recorded as done by `who`. The request must prove possession of its key.
   * Throws what `readRequest` and `profileOf` throw, and `certificate.no-authority`.
   */
  issueFor(tx: Tx, who: Named, order: DirectOrder): Promise<CertificateOnFile>;
  /** A new key and certificate for a TLS listener of this site under these names and addresses. Throws what `issueListenerCertificate` throws. */
  forListener(hosts: readonly string[]): Promise<ListenerCertificate>;
  /** True for what is revoked or suspended, and for what this authority never issued. */
  isRevoked(serial: string): Promise<boolean>;
  /** The certificate of this serial number (lower-case hex), unless it was never issued here. */
  find(serial: string): Promise<CertificateOnFile | null>;
  /** Revokes in the caller's transaction (system); true when it was not revoked before. Appends the event `certificate.revoked` { serial, reason, person }. */
  revoke(tx: Tx, who: Named, serial: string, reason: RevocationReason): Promise<boolean>;
}

export const Authority = key<Authority>('certificates.authority');
