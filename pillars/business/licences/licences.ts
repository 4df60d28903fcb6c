import type { ResponseOf, verifyLicence } from '@zhengwu/contracts';
import { addDays, dayOf, type Clock } from '@zhengwu/clock';
import { followSuite, publicKeys, type KeyStore, type PublicKeySet } from '@zhengwu/crypto';
import type { Acting, Database, Tx } from '@zhengwu/database';
import type { Files } from '@zhengwu/files';
import type { Events } from '@zhengwu/events';
import { key } from '@zhengwu/module';
import type { LicenceType } from '@zhengwu/pack';
import { fail } from './errors.ts';
import type { LicenceRow, UnsignedRow } from './licence.ts';
import { makeLicence, readCheckCode, type LicenceDraft, type LicenceInput, type LicenceMade } from './making.ts';
import { publicFacts } from './masking.ts';
import type { Printing } from './printing.ts';
import { PURPOSE, readSigned, signLicence } from './signing.ts';
import * as store from './store.ts';
import type { ReadRow } from './store.ts';

export type Verdict = ResponseOf<typeof verifyLicence>;

export interface Licences {
  /** Makes a licence at once, without the database; the caller has it signed before it commits `row` by `licences.write(jsonb)`. */
  make(input: LicenceInput): LicenceDraft;
  /** Signs what was made. Throws when the key's hardware module does not answer: nothing is issued then. */
  sign(rows: readonly UnsignedRow[]): Promise<LicenceRow[]>;
  /** Makes, signs and writes one in the caller's transaction, with its event and audit record. */
  issue(tx: Tx, input: LicenceInput): Promise<LicenceMade>;
  /** A new version of a licence in force: same serial, next version; the old one is replaced. Throws `licence.not-in-force`. */
  replace(tx: Tx, id: string, input: LicenceInput): Promise<LicenceMade>;
  /** Ends a licence with a reason. Throws `licence.unknown`, `licence.not-in-force`. */
  revoke(tx: Tx, id: string, reason: string, by: string | null): Promise<void>;
  /** The newest licence of a type that is in force, for prefill and as material. */
  findValid(tx: Tx, holder: string, type: string): Promise<ReadRow | undefined>;
  /** All licences in force of a holder, read as the platform. */
  heldBy(holder: string): Promise<ReadRow[]>;
  /** Licences in force that end within so many days, soonest first. */
  expiring(days: number): Promise<store.Expiring[]>;
  /** By identifier with the check code printed on it. Without the code an identifier tells nothing. */
  verify(id: string, code: string | undefined): Promise<Verdict>;
  /** By the signed text itself, as the QR's page or a wallet hands it over. */
  verifySigned(jws: string): Promise<Verdict>;
  /** The PDF; kept by hash while the licence is in force, marked across the sheet once it is not. */
  pdf(row: ReadRow): Promise<Buffer>;
  keys(): Promise<PublicKeySet>;
  /** Also offered as `Printing`. */
  readonly printer: Printing;
}

export const Licences = key<Licences>('licences');

export interface Standing {
  database: Database;
  clock: Clock;
  files: Files;
  events: Events;
  keys: KeyStore;
  printing: Printing;
  nextSerial(now: Date): string;
  typeOf(packHash: string, code: string): LicenceType | undefined;
}

const PUBLIC: Acting = { kind: 'public', scope: 'own', departments: [], subjects: [], clearance: 0 };

const verifying = ({ database, clock, keys }: Standing) => {
  const verdict = (rest: Omit<Verdict, 'checkedAt'>): Verdict => ({ ...rest, checkedAt: clock.now().toISOString() });
  const nothing = verdict({ found: false, signature: 'absent', status: null, licence: null });
  return {
    async verify(id: string, code: string | undefined): Promise<Verdict> {
      const row = code ? await database.as(PUBLIC, (tx) => store.publicFacts(tx, id, readCheckCode(code), null)) : undefined;
      if (!row) return { ...nothing, checkedAt: clock.now().toISOString() };
      const signed = await readSigned(keys, row.jws);
      if (signed?.jti !== id) return verdict({ found: true, signature: 'invalid', status: row.status, licence: null });
      return verdict({ found: true, signature: 'valid', status: row.status, licence: publicFacts(signed) });
    },
    async verifySigned(jws: string): Promise<Verdict> {
      const signed = await readSigned(keys, jws.trim());
      if (!signed) return verdict({ found: false, signature: 'invalid', status: null, licence: null });
      const row = await database.as(PUBLIC, (tx) => store.publicFacts(tx, signed.jti, null, jws.trim()));
      return verdict({ found: row !== undefined, signature: 'valid', status: row?.status ?? null, licence: publicFacts(signed) });
    },
  };
};

const inForce = async (tx: Tx, id: string): Promise<ReadRow> => {
  const row = await store.lock(tx, id);
  if (!row) throw fail('licence.unknown');
  if (row.status !== 'valid') throw fail('licence.not-in-force', { status: row.status });
  return row;
};

/** Opens the licences of a site. */
export const openLicences = async (standing: Standing): Promise<Licences> => {
  const { database, clock, files, events, keys, printing } = standing;
  await followSuite(keys, PURPOSE);
  const typeFor = (input: LicenceInput): LicenceType => {
    const type = input.licenceType ?? standing.typeOf(input.packHash ?? '', input.type ?? '');
    if (!type) throw fail('licence.type-unknown', { type: input.type ?? '' });
    return type;
  };
  const make = (input: LicenceInput): LicenceDraft => makeLicence(typeFor(input), input, standing.nextSerial(input.now));
  const sign = (rows: readonly UnsignedRow[]): Promise<LicenceRow[]> => Promise.all(rows.map((row) => signLicence(keys, row)));
  const signed = async (draft: LicenceDraft): Promise<LicenceMade> => ({ ...draft, row: await signLicence(keys, draft.row) });
  const pictureOf = (caseId: string, material: string): Promise<string | null> =>
    database.as(database.system, (tx) => store.portraitOf(tx, caseId, material), { readOnly: true });
  const keep = async (tx: Tx, made: LicenceMade): Promise<LicenceMade> => {
    await store.write(tx, [made.row]);
    await events.append(tx, { type: 'licences.issued', subject: made.id, payload: { caseId: made.row.case_id, type: made.row.type } });
    return made;
  };
  return {
    make,
    sign,
    issue: async (tx, input) => keep(tx, await signed(make(input))),
    async replace(tx, id, input) {
      const old = await inForce(tx, id);
      const made = await signed(makeLicence(typeFor(input), input, old.serial, old.version + 1));
      await store.endAsReplaced(tx, id, made.id, input.now);
      return keep(tx, made);
    },
    async revoke(tx, id, reason, by) {
      await inForce(tx, id);
      await store.revoke(tx, id, reason, clock.now(), by);
      await events.append(tx, { type: 'licences.revoked', subject: id, payload: { reason } });
    },
    findValid: async (tx, holder, type) => (await store.inForce(tx, holder, type))[0],
    heldBy: (holder) => store.heldBy(database, holder),
    expiring: (days) => database.as(database.system, (tx) => store.expiring(tx, dayOf(clock.now()), addDays(dayOf(clock.now()), days)), { readOnly: true }),
    ...verifying(standing),
    async pdf(row) {
      if (row.status === 'valid' && row.pdf_hash !== null && (await files.has(row.pdf_hash))) return files.read(row.pdf_hash);
      const material = row.template.portrait;
      const portrait = row.portrait ?? (material !== undefined && row.case_id !== null ? await pictureOf(row.case_id, material) : null);
      const pdf = await printing.licence({ ...row, portrait });
      if (row.status !== 'valid') return pdf;
      const { hash } = await files.keep(pdf, { type: 'application/pdf', name: `${row.id}.pdf` });
      await database.as(database.system, (tx) => store.keepPdf(tx, row.id, hash));
      return pdf;
    },
    keys: () => publicKeys(keys, PURPOSE),
    printer: printing,
  };
};
