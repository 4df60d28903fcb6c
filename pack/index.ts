export { definePack } from './define.ts';
export * as codes from './schema/codes.ts';
export { Limit, Sample } from './schema/parts.ts';
export { Register, RegisterField } from './schema/register.ts';
export { Listing, Stage } from './schema/listing.ts';
export { Before, Material, PreCheck, Service } from './schema/service.ts';
export { Example, Fixture, LicenceType, LifeEvent, PackData, PackSource } from './schema/pack.ts';
export type { DecisionFile, Process } from './schema/pack.ts';
