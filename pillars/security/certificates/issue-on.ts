import { createHash } from 'node:crypto';
import type { Named } from '@zhengwu/audit';
import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import { addressesOf } from './addresses.ts';
import { fail } from './errors.ts';
import { issueCertificate, type Issued } from './issuing.ts';
import { Signing } from './opened.ts';
import { readRequest } from './request.ts';
import { holderOf, type RequestRow } from './rows.ts';
import * as store from './store.ts';

/**
 * Issues the certificate of an approved request in the caller's transaction, with its record and event; the request is issued with it
 * or not at all. Throws `certificate.key-reused`, `certificate.not-standing` for a renewal of what was revoked meanwhile.
 */
export const issueOn = async (site: Site, tx: Tx, who: Named, row: RequestRow, csr: string): Promise<Issued> => {
  const { issuer } = await site.use(Signing).open();
  const now = site.clock.now();
  const key = createHash('sha256').update(Buffer.from((await readRequest(csr, issuer.suite)).publicKey.rawData)).digest();
  await site.database.as(site.database.system, async (all) => {
    if (await store.isForeignKey(all, key, row)) throw fail('certificate.key-reused');
    const old = row.renews === null ? null : await store.findListed(all, 'serial', row.renews, now);
    if (old && old.shown === 'revoked') throw fail('certificate.not-standing', { state: old.shown });
  }, { readOnly: true });
  const issued = await issueCertificate(issuer, { holder: holderOf(row), request: csr, now, ...addressesOf(site) });
  await store.insertCertificate(tx, { serial: issued.serial, request: row.id, person: row.person, pem: issued.certificate, key, not_before: issued.notBefore, not_after: issued.notAfter });
  await store.markIssued(tx, row.id);
  await site.audit.recordFor(tx, who, { event: 'certificate.issued', subject: issued.serial, detail: { request: row.id, profile: row.profile, renews: row.renews } });
  await site.events.append(tx, { type: 'certificate.issued', subject: issued.serial, payload: { serial: issued.serial, request: row.id, person: row.person, renews: row.renews, requester: row.requester } });
  return issued;
};
