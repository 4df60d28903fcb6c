import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { both, Id, Instant, Line, Page } from '../scalars.ts';

const OrNull = Type.Union([Type.String(), Type.Null()]);
const closed = { additionalProperties: false } as const;
/** PKCS#10 as PEM. */
const Pem = Type.String({ minLength: 1, maxLength: 16_384 });
/** Serial number of a certificate, lower-case hex. */
const Serial = Type.String({ pattern: '^[0-9a-f]{2,40}$' });
export const CertificateProfile = Type.Enum(['person', 'institution', 'device']);
/** RFC 5280 §5.3.1, without what only an authority's own certificate can be revoked for. */
export const CertificateReason = Type.Enum(['keyCompromise', 'affiliationChanged', 'superseded', 'cessationOfOperation', 'privilegeWithdrawn']);
export type CertificateReason = Static<typeof CertificateReason>;
/** waiting for a registrar, approved (key pair to be handed out), refused; then as the certificate stands. */
export const CertificateState = Type.Enum(['waiting', 'approved', 'refused', 'valid', 'held', 'revoked', 'expired']);
export type CertificateState = Static<typeof CertificateState>;

/** intl: ECDSA on P-256 with SHA-256; gm: SM2 with SM3. */
export const CertificateSuiteName = Type.Enum(['intl', 'gm']);

export const CertificateRow = Type.Object({
  id: Id, state: CertificateState, profile: CertificateProfile, name: Type.String(),
  /** A citizen number only masked; a credit code in full. */
  identifier: Type.String(), institution: OrNull, device: OrNull, person: OrNull,
  requester: OrNull, requestedAt: Instant, /** What the request itself names, never taken over. */ requested: OrNull, handOut: Type.Boolean(),
  decidedBy: OrNull, decidedAt: OrNull, reason: OrNull,
  serial: OrNull, renews: OrNull, notBefore: OrNull, notAfter: OrNull, revokedAt: OrNull, revokedFor: OrNull,
  /** PEM. */
  certificate: OrNull, /** Whether the reader made the request. */ mine: Type.Boolean(),
});
export type CertificateRow = Static<typeof CertificateRow>;

const listing = both(Type.Omit(Page, ['after']), Type.Object({ after: Type.Optional(Id), state: Type.Optional(CertificateState), q: Type.Optional(Type.String({ maxLength: 100, pattern: '^[^\\u0000]*$' })) }));
const listed = Type.Object({ items: Type.Array(CertificateRow), next: Type.Union([Id, Type.Null()]) });
const byId = Type.Object({ id: Id });
const bySerial = Type.Object({ serial: Serial });

export const myCertificates = operation({ id: 'certificate.mine', method: 'GET', path: '/api/my/certificates', summary: 'My requests and the certificates that I requested or hold, newest first', query: listing, response: listed });
export const listCertificates = operation({ id: 'certificate.list', method: 'GET', path: '/api/certificates', summary: 'Requests and certificates, newest first', query: listing, response: listed });
export const submitCertificateRequest = operation({
  id: 'certificate.submit', method: 'POST', path: '/api/my/certificates', summary: 'Request a certificate with a PKCS#10 request, or without one to have the key pair handed out', idempotent: true, status: 201,
  body: Type.Object({
    profile: CertificateProfile, name: Line, /** Citizen number (person) or unified social credit code. */ identifier: Type.String({ minLength: 18, maxLength: 18 }),
    institution: Type.Optional(Line), device: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$' })), /** Official whose certificate it is. */ person: Type.Optional(Id),
    request: Type.Optional(Pem),
  }, closed),
  response: CertificateRow,
});
export const approveCertificate = operation({ id: 'certificate.approve', method: 'POST', path: '/api/certificates/requests/:id/approve', summary: 'Approve a request of somebody else; its certificate is issued at once', params: byId, body: Type.Object({}, closed), response: CertificateRow });
export const refuseCertificate = operation({ id: 'certificate.refuse', method: 'POST', path: '/api/certificates/requests/:id/refuse', summary: 'Refuse a request of somebody else', params: byId, body: Type.Object({ reason: Line }, closed), response: CertificateRow });
export const handOutCertificate = operation({
  id: 'certificate.handOut', method: 'POST', path: '/api/my/certificates/:id/hand-out', summary: 'Make the key pair of an approved request and hand it out once as PKCS#12', params: byId,
  body: Type.Object({ /** Printable ASCII: programs disagree on other letters. */ password: Type.String({ minLength: 12, maxLength: 128, pattern: '^[\\x20-\\x7e]+$' }) }, closed), response: Type.Object({ row: CertificateRow, name: Type.String(), /** PKCS#12, base64. */ file: Type.String() }),
});
export const renewCertificate = operation({
  id: 'certificate.renew', method: 'POST', path: '/api/my/certificates/:serial/renew', summary: 'Request the successor of a certificate, with a new request or the same key', params: bySerial, status: 201,
  body: Type.Object({ request: Type.Optional(Pem) }, closed), response: CertificateRow,
});
export const revokeCertificate = operation({ id: 'certificate.revoke', method: 'POST', path: '/api/certificates/:serial/revoke', summary: 'Revoke a certificate for good', params: bySerial, body: Type.Object({ reason: CertificateReason, note: Line }, closed), response: CertificateRow });
export const suspendCertificate = operation({ id: 'certificate.suspend', method: 'POST', path: '/api/certificates/:serial/suspend', summary: 'Suspend a certificate (certificateHold)', params: bySerial, body: Type.Object({ note: Line }, closed), response: CertificateRow });
export const releaseCertificate = operation({ id: 'certificate.release', method: 'POST', path: '/api/certificates/:serial/release', summary: 'Release a suspended certificate', params: bySerial, body: Type.Object({ note: Line }, closed), response: CertificateRow });

export const certificateAuthority = operation({
  id: 'certificate.authority', method: 'GET', path: '/api/certificates/authority', summary: 'The authority of this site: its name, its suite of algorithms and the end of its issuing certificate',
  response: Type.Object({ name: Type.String(), suite: CertificateSuiteName, notAfter: Instant, /** SHA-256 of the root certificate (DER), lower-case hex. */ root: Type.String() }),
});

/* ---- public, without sign-in ---- */
const file = Type.Unknown();
export const revocationList = operation({ id: 'pki.revocationList', method: 'GET', path: '/pki/issuing.crl', summary: 'Revocation list (RFC 5280, DER)', raw: true, response: file });
export const issuingCertificate = operation({ id: 'pki.issuingCertificate', method: 'GET', path: '/pki/issuing.crt', summary: 'Certificate of the issuing authority (DER)', raw: true, response: file });
export const authorityChain = operation({ id: 'pki.chain', method: 'GET', path: '/pki/chain.pem', summary: 'Certificates of the issuing authority and the root (PEM)', raw: true, response: file });
export const askStatus = operation({ id: 'pki.status', method: 'GET', path: '/pki/ocsp/:request', summary: 'OCSP by GET (RFC 6960 appendix A.1)', raw: true, params: Type.Object({ request: Type.String({ minLength: 1, maxLength: 256 }) }), response: file });
export const postStatus = operation({ id: 'pki.postStatus', method: 'POST', path: '/pki/ocsp', summary: 'OCSP by POST (RFC 6960 appendix A.1)', raw: true, bodyLimit: 4096, response: file });
export const stampTime = operation({ id: 'pki.stamp', method: 'POST', path: '/pki/tsa', summary: 'Time-stamp (RFC 3161 §3.4)', raw: true, bodyLimit: 4096, response: file });
