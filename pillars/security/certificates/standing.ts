import type { Named } from '@zhengwu/audit';
import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import { PUBLISH } from './publishing.ts';
import type { RevocationReason } from './revocation-list.ts';
import type { CertificateRecord } from './rows.ts';
import * as store from './store.ts';

export interface Change {
  to: CertificateRecord['state'];
  /** For `revoked`; a suspension is `certificateHold`. */
  reason?: RevocationReason;
  note?: string;
}

const events = { revoked: 'certificate.revoked', held: 'certificate.suspended', valid: 'certificate.released' } as const;

/** What may follow what (RFC 5280 §5.3.1): a suspension ends either way, a revocation never. */
const mayBecome: Readonly<Record<CertificateRecord['state'], readonly string[]>> = { valid: ['held', 'revoked'], held: ['valid', 'revoked'], revoked: [] };

/**
 * Changes where a certificate stands, with its record, its event and a new revocation list to come; false when it stood there already.
 * Throws `certificate.unknown` and `certificate.not-standing`.
 */
export const changeStanding = async (site: Site, tx: Tx, who: Named, serial: string, { to, reason, note }: Change): Promise<boolean> => {
  const now = site.clock.now();
  const found = await store.holdCertificate(tx, serial);
  if (!found) throw fail('certificate.unknown');
  if (found.state === to) return false;
  if (found.not_after <= now) throw fail('certificate.not-standing', { state: 'expired' });
  if (!mayBecome[found.state].includes(to)) throw fail('certificate.not-standing', { state: found.state });
  const why = to === 'valid' ? null : to === 'held' ? 'certificateHold' : (reason ?? 'cessationOfOperation');
  await store.changeStanding(tx, serial, { state: to, reason: why, revoked_at: to === 'valid' ? null : now });
  await site.audit.recordFor(tx, who, { event: events[to], subject: serial, detail: { reason: why, note: note ?? null } });
  await site.events.append(tx, { type: events[to], subject: serial, payload: { serial, reason: why, person: found.person } });
  await site.jobs.enqueue(tx, { job: PUBLISH, payload: { changed: true }, key: PUBLISH });
  return true;
};

/** Whoever left office has no certificate any more, and gets none that was asked for (RFC 5280: affiliationChanged). */
export const endPerson = async (site: Site, tx: Tx, person: string): Promise<void> => {
  const now = site.clock.now();
  const system: Named = { kind: 'system', name: 'person.left' };
  for (const serial of await store.standingOf(tx, person, now)) await changeStanding(site, tx, system, serial, { to: 'revoked', reason: 'affiliationChanged', note: 'person.left' });
  for (const id of await store.refuseOpen(tx, person, now, 'person.left')) await site.audit.recordFor(tx, system, { event: 'certificate.refused', subject: id, detail: { reason: 'person.left' } });
};
