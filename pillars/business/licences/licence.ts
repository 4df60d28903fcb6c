import type { Text } from '@zhengwu/contracts';
import type { LicenceType } from '@zhengwu/pack';

export type Status = 'valid' | 'revoked' | 'replaced' | 'expired';

/** A field as it is printed. */
export interface LicenceField {
  key: string;
  label: Text;
  value: string;
  format: LicenceType['fields'][number]['format'];
  personal: boolean;
}

/** A licence as the database keeps it; instants are ISO 8601, days YYYY-MM-DD. */
export interface LicenceRow {
  id: string;
  type: string;
  name_zh: string;
  name_en: string;
  serial: string;
  version: number;
  holder: string;
  holder_kind: 'person' | 'institution';
  holder_name: string;
  issuer_zh: string;
  issuer_en: string;
  issuer_uscc: string;
  department: number;
  case_id: string | null;
  fields: LicenceField[];
  given: Record<string, unknown>;
  template: LicenceType['template'];
  /** sha256 of the portrait in files. */
  portrait: string | null;
  replaces: boolean;
  issued_at: string;
  issued_on: string;
  valid_until: string | null;
  status: Exclude<Status, 'expired'>;
  check_code: string;
  jws: string;
}

/** A licence before it is signed. */
export type UnsignedRow = Omit<LicenceRow, 'jws'>;

/** What is signed: everything the licence says, its holder by name and by a hash that only the holder's site can link. */
export interface SignedLicence {
  jti: string;
  typ: string;
  ver: number;
  iss: { uscc: string; zh: string; en: string };
  name: Text;
  holder: { name: string; kind: 'person' | 'institution'; hash: string };
  fields: { key: string; label: Text; value: string; personal: boolean; format: LicenceField['format'] }[];
  iat: number;
  issuedOn: string;
  validUntil: string | null;
}
