import type { CertificateState } from '@zhengwu/contracts';
import type { Holder } from './profiles.ts';
import type { RevocationReason } from './revocation-list.ts';

export interface RequestRow {
  id: string;
  profile: Holder['kind'];
  name: string;
  identifier: string;
  pseudonym: string | null;
  institution: string | null;
  device: string | null;
  person: string | null;
  requester: string | null;
  requester_name: string;
  department: number | null;
  requested_at: Date;
  csr: string | null;
  csr_subject: string | null;
  renews: string | null;
  state: 'waiting' | 'approved' | 'refused' | 'issued';
  decided_by: string | null;
  decided_by_name: string | null;
  decided_at: Date | null;
  reason: string | null;
}

export interface CertificateRecord {
  serial: string;
  request: string;
  person: string | null;
  pem: string;
  key: Buffer;
  not_before: Date;
  not_after: Date;
  state: 'valid' | 'held' | 'revoked';
  reason: RevocationReason | null;
  revoked_at: Date | null;
  reminded_at: Date | null;
}

/** A request with the certificate that came of it. */
export type ListedRow = RequestRow & {
  serial: string | null;
  pem: string | null;
  not_before: Date | null;
  not_after: Date | null;
  revoked_at: Date | null;
  revoked_for: string | null;
  shown: CertificateState;
};

/** The holder that a request names, as profiles take it. */
export const holderOf = (row: RequestRow): Holder => {
  const { profile, name, identifier, pseudonym, institution, device } = row;
  if (profile === 'person') return { kind: profile, name, pseudonym: pseudonym ?? '' };
  if (profile === 'institution') return { kind: profile, name, uscc: identifier };
  return { kind: profile, name, deviceId: device ?? '', institution: institution ?? '', uscc: identifier };
};
