export { disclosureModule } from './module.ts';
export { Exports, type Exportable, type Table } from './exportable.ts';
