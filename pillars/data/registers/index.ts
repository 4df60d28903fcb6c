export { Registers, type Asked, type Change, type Held, type Version } from './registers.ts';
export { maskRecord, maySee, type Reader } from './masking.ts';
export { openRegisters } from './open.ts';
export { registersModule } from './module.ts';
export { checks } from './open.ts';
export { selectDefinitions as registerDefinitions } from './store.ts';
export { recordsAfter, recordsOn, withdrawBatch, writeBatch, type Batch, type BatchResult, type BatchRow } from './store-batch.ts';
