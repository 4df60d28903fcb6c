import { maskCitizenNumber, maskName } from '@zhengwu/ids';
import type { SignedLicence } from './licence.ts';

const NAMES = new Set(['name', 'legalRepresentative', 'holderName']);

const masked = ({ key, value, format }: SignedLicence['fields'][number]): string => {
  if (format === 'citizenNumber') return maskCitizenNumber(value);
  if (NAMES.has(key)) return maskName(value);
  if (format === 'date') return `${value.slice(0, 4)}-**-**`;
  const letters = [...value];
  return letters.length <= 2 ? '*'.repeat(letters.length) : `${letters.slice(0, 2).join('')}${'*'.repeat(Math.min(6, letters.length - 2))}`;
};

/** What anyone may read of a licence: facts as signed, everything personal masked. */
export const publicFacts = (signed: SignedLicence) => ({
  id: signed.jti, name: signed.name, holder: signed.holder.kind === 'person' ? maskName(signed.holder.name) : signed.holder.name,
  issuer: { zh: signed.iss.zh, en: signed.iss.en }, issuedOn: signed.issuedOn, validUntil: signed.validUntil, version: signed.ver,
  fields: signed.fields.map((one) => ({ label: one.label, value: one.personal ? masked(one) : one.value })),
});
