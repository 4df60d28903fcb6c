export { createLog, type Answered, type Log, type LogLevel, type LogOptions } from './log.ts';
export { maskText, redact } from './redact.ts';
export { tracing, useTracing, type Tracing } from './tracing.ts';
