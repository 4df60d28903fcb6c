import { createHash } from 'node:crypto';
import { signJws, verifyJws, type KeyStore } from '@zhengwu/crypto';
import type { LicenceRow, SignedLicence, UnsignedRow } from './licence.ts';

/** Name of the key store, and of the keys in it. */
export const KEYS = 'licences';
export const PURPOSE = 'licences';
const TYPE = 'licence+jws';

/** Links a licence to its holder without naming them: not to be computed without the principal's id. */
export const holderHash = (licence: string, holder: string): string => createHash('sha256').update(`${licence}\n${holder}`).digest('base64url').slice(0, 22);

/** The facts that the signature covers. */
export const payloadOf = (row: UnsignedRow): SignedLicence => ({
  jti: row.id, typ: row.type, ver: row.version, iss: { uscc: row.issuer_uscc, zh: row.issuer_zh, en: row.issuer_en },
  name: { zh: row.name_zh, en: row.name_en }, holder: { name: row.holder_name, kind: row.holder_kind, hash: holderHash(row.id, row.holder) },
  fields: row.fields.map(({ key, label, value, personal, format }) => ({ key, label, value, personal, format })),
  iat: Math.floor(Date.parse(row.issued_at) / 1000), issuedOn: row.issued_on, validUntil: row.valid_until,
});

/** Signs as compact JWS (RFC 7515) with the key of now: some 0.1 ms with ES256 in this process, some 10 ms in a hardware module. */
export const signLicence = async (keys: KeyStore, row: UnsignedRow): Promise<LicenceRow> => ({ ...row, jws: await signJws(keys, PURPOSE, payloadOf(row), TYPE) });

/** What a signed licence says; undefined when the signature is not ours or the text was altered. */
export const readSigned = async (keys: KeyStore, jws: string): Promise<SignedLicence | undefined> => {
  const verified = await verifyJws(keys, PURPOSE, jws);
  return verified?.type === TYPE ? (verified.payload as unknown as SignedLicence) : undefined;
};
