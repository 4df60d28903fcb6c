export { addressLine, parseAddress, type Address } from './address.ts';
export { parseCompanyName, type CompanyName } from './company-name.ts';
export { entryOf, type Named } from './filling.ts';
export { Matching, type Doubt, type Resolution } from './matching.ts';
export { matchingModule } from './module.ts';
export { profileOf, type Profile } from './profile.ts';
