export { extractRegister } from './extracting.ts';
export { importsModule } from './module.ts';
export { FORMATS, openRows, type Format } from './rows/open-rows.ts';
export type { Body, RawRow, Rows } from './rows/raw-row.ts';
