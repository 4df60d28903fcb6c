export { exportLog } from './export.ts';
export { trailModule } from './module.ts';
export { proveRecord, verifyProof, type RecordProof } from './proof.ts';
export { verifyExport, type Finding, type FindingCode, type Verdict } from './verify.ts';
export { sampleExport } from './sample.ts';
