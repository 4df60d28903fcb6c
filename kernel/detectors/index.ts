export { FINDING_KINDS, SENSITIVE_KINDS, tallyOf, type Finding, type FindingKind, type Tally } from './finding.ts';
export { isBankCard } from './bank-card.ts';
export { veil } from './numbers.ts';
export { scannerOf, scanText } from './scan.ts';
export { SECRECY_LEVELS, secrecyMarksIn, type SecrecyLevel } from './secrecy.ts';
