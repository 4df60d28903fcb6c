export { addressLine, parseAddress, type Address } from './address.ts';
export { parseCompanyName, type CompanyName } from './company-name.ts';
export { Matching, type Doubt, type Resolution } from './matching.ts';
export { matchingModule } from './module.ts';
export { kinds, type Profile } from './profile.ts';
