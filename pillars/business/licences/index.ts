export { Licences, type Verdict } from './licences.ts';
export type { UnsignedRow } from './licence.ts';
export type { LicenceDraft, LicenceInput, LicenceMade } from './making.ts';
export { licencesModule } from './module.ts';
export { openPrinting, Printing, verifyPath } from './printing.ts';
export type { Notice, NoticeKind } from './typeset/notice-texts.ts';
export type { Receipt } from './typeset/receipt-text.ts';
export { openTypesetter, type Asset, type Sheet, type Typesetter } from './typeset/typesetter.ts';
