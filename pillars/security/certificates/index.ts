export { beginAuthority, renewIssuing } from './authority.ts';
export { certificatesModule } from './module.ts';
export { authorityExists, chainFileOf, KEYS, noAuthority, readChain, writeChain } from './place.ts';
export { askStampOf, askStatusOf } from './asking.ts';
export { makeKeyPair } from './pkcs12.ts';
export { requestFor } from './own-request.ts';
export { subjectOf, type Subject } from './subject.ts';
export { policyOids } from './profiles.ts';
export { Authority, TimeStamps, type CertificateOnFile } from './offers.ts';
