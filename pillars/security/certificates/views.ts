import type { CertificateRow } from '@zhengwu/contracts';
import type { CertificateOnFile } from './offers.ts';
import type { ListedRow } from './rows.ts';

const time = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A row as the API answers it to this reader. */
export const viewOf = (row: ListedRow, reader: string | null): CertificateRow => ({
  id: row.id, state: row.shown, profile: row.profile, name: row.name, identifier: row.identifier, institution: row.institution, device: row.device, person: row.person,
  requester: row.requester_name === '' ? null : row.requester_name, requestedAt: row.requested_at.toISOString(), requested: row.csr_subject, handOut: row.csr === null,
  decidedBy: row.decided_by_name, decidedAt: time(row.decided_at), reason: row.reason, serial: row.serial, renews: row.renews,
  notBefore: time(row.not_before), notAfter: time(row.not_after), revokedAt: time(row.revoked_at), revokedFor: row.revoked_for, certificate: row.pem,
  mine: row.requester !== null && row.requester === reader,
});

/** A row as other modules get it; undefined where no certificate came of it. */
export const onFile = (row: ListedRow): CertificateOnFile | undefined =>
  row.serial === null || row.pem === null || row.not_before === null || row.not_after === null
    ? undefined
    : {
        serial: row.serial, profile: row.profile, name: row.name, person: row.person, certificate: row.pem, notBefore: row.not_before, notAfter: row.not_after,
        state: row.revoked_for === null ? 'valid' : row.revoked_for === 'certificateHold' ? 'held' : 'revoked',
      };
