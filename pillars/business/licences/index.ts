export { Licences, type Verdict } from './licences.ts';
export type { LicenceInput, LicenceMade } from './making.ts';
export { licencesModule } from './module.ts';
export { openPrinter, verifyPath, type Printer } from './printing.ts';
export type { Notice, NoticeKind, Receipt } from './typeset/notice-texts.ts';
export { openTypesetter, type Asset, type Sheet, type Typesetter } from './typeset/typesetter.ts';
