export { beginAuthority, ISSUING_PURPOSE, openIssuer, ROOT_PURPOSE, type Issuer, type NewAuthority } from './authority.ts';
export { issueCertificate, type Issued, type Order } from './issuing.ts';
export { issueListenerCertificate, type ListenerCertificate } from './listener.ts';
export { subjectOf, type Subject } from './subject.ts';
export { POLICY_ARC, policyOids, pseudonymOf, type Holder } from './profiles.ts';
export { readRequest } from './request.ts';
export { issueRevocationList, type Revoked, type RevocationReason } from './revocation-list.ts';
export { Authority, TimeStamps, type CertificateOnFile, type DirectOrder } from './offers.ts';
