import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { both, Day, Id, Instant, Paragraph, Version } from '../scalars.ts';
import { Text } from '../text.ts';

export const LicenceView = Type.Object({
  /** Identifier by GB/T 36904. */
  id: Type.String(), type: Type.String(), name: Text, holder: Type.String(), issuer: Text, issuedOn: Day, validUntil: Type.Union([Day, Type.Null()]),
  status: Type.Enum(['valid', 'revoked', 'replaced', 'expired']), version: Version, caseId: Type.Union([Id, Type.Null()]),
  fields: Type.Array(Type.Object({ key: Type.String(), label: Text, value: Type.String() })),
});
export type LicenceView = Static<typeof LicenceView>;
const params = Type.Object({ id: Type.String({ maxLength: 120 }) });
export const myLicences = operation({ id: 'licence.mine', method: 'GET', path: '/api/my/licences', summary: 'My licences', response: Type.Object({ items: Type.Array(LicenceView) }) });
export const myLicence = operation({ id: 'licence.view', method: 'GET', path: '/api/my/licences/:id', summary: 'One of my licences', params, response: both(LicenceView, Type.Object({ jws: Type.String(), verifyPath: Type.String() })) });
export const licencePdf = operation({ id: 'licence.pdf', method: 'GET', path: '/api/my/licences/:id/pdf', summary: 'The licence as PDF', params, raw: true, response: Type.Unknown() });
export const Verdict = Type.Object({
  found: Type.Boolean(), signature: Type.Enum(['valid', 'invalid', 'absent']), status: Type.Union([Type.Enum(['valid', 'revoked', 'replaced', 'expired']), Type.Null()]),
  licence: Type.Union([Type.Null(), Type.Object({ id: Type.String(), name: Text, holder: Type.String(), issuer: Text, issuedOn: Day, validUntil: Type.Union([Day, Type.Null()]), version: Version, fields: Type.Array(Type.Object({ label: Text, value: Type.String() })) })]),
  checkedAt: Instant,
});
export const verifyLicence = operation({ id: 'licence.verify', method: 'GET', path: '/api/licences/:id/verify', summary: 'Public verification: masked facts, status and signature', params, query: Type.Object({ c: Type.Optional(Type.String({ maxLength: 64 })) }), response: Verdict });
export const verifyJws = operation({ id: 'licence.verifyJws', method: 'POST', path: '/api/licences/verify', summary: 'Public verification of a signed licence', body: Type.Object({ jws: Type.String({ maxLength: 20_000 }) }, { additionalProperties: false }), response: Verdict });
export const licenceKeys = operation({ id: 'licence.keys', method: 'GET', path: '/.well-known/licence-keys.json', summary: 'Public keys (JWKS)', response: Type.Object({ keys: Type.Array(Type.Record(Type.String(), Type.Unknown())) }) });
export const revokeLicence = operation({ id: 'licence.revoke', method: 'POST', path: '/api/licences/:id/revoke', summary: 'Revoke a licence with reason', params, body: Type.Object({ reason: Paragraph }, { additionalProperties: false }), response: Type.Object({ status: Type.String() }) });
/** For officials: the PDF of a licence of a case within scope. */
export const officialLicencePdf = operation({ id: 'licence.officialPdf', method: 'GET', path: '/api/licences/:id/pdf', summary: 'The licence as PDF, for officials', params, raw: true, response: Type.Unknown() });
