import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { maskText, redact } from './redact.ts';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

interface Write {
  (message: string): void;
  (about: object, message?: string): void;
}

/** A log whose lines never carry personal numbers or secrets, whatever is handed to it. */
export interface Log {
  readonly level: string;
  trace: Write;
  debug: Write;
  info: Write;
  warn: Write;
  error: Write;
  fatal: Write;
  isLevelEnabled(level: LogLevel): boolean;
  /** A log that adds `bindings` (such as `{ requestId }`) to each line. */
  child(bindings: Record<string, unknown>): Log;
  /** Writes out what is buffered. */
  flush(): void;
}

export interface LogOptions {
  level?: LogLevel;
  /** Process or module that speaks. */
  name?: string;
  /** Where lines go; standard output unless given. */
  destination?: DestinationStream;
}

const FLUSH_MS = 500;
const METHODS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** Buffered lines: one write call for many lines under load, written out at least twice a second. */
const bufferedOutput = (): DestinationStream & { flushSync(): void } => {
  const output = pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: FLUSH_MS });
  process.once('exit', () => output.flushSync());
  return output;
};

const about = (first: object): object => {
  const shown = redact(first instanceof Error ? { err: first } : first);
  return typeof shown === 'object' && shown !== null && !Array.isArray(shown) ? shown : { value: shown };
};

const writerOf = (logger: Logger, method: (typeof METHODS)[number], urgent: (() => void) | undefined): Write => {
  const write = logger[method].bind(logger);
  return (first: string | object, message?: string) => {
    if (!logger.isLevelEnabled(method)) return;
    if (typeof first === 'string') write(maskText(first));
    else write(about(first), message === undefined ? undefined : maskText(message));
    urgent?.();
  };
};

const wrap = (logger: Logger, flush: () => void): Log => {
  const writers = Object.fromEntries(METHODS.map((m) => [m, writerOf(logger, m, m === 'error' || m === 'fatal' ? flush : undefined)]));
  return {
    ...(writers as Record<(typeof METHODS)[number], Write>),
    level: logger.level,
    isLevelEnabled: (level) => logger.isLevelEnabled(level),
    child: (bindings) => wrap(logger.child(redact(bindings) as Record<string, unknown>), flush),
    flush,
  };
};

/** Opens the log of a process as JSON lines. Errors and worse are written out at once, the rest within half a second. */
export const createLog = (options: LogOptions = {}): Log => {
  const buffered = options.destination ? undefined : bufferedOutput();
  const destination = options.destination ?? (buffered as DestinationStream);
  const logger = pino(
    { level: options.level ?? 'info', base: options.name ? { name: options.name } : {}, timestamp: stdTimeFunctions.isoTime },
    destination,
  );
  return wrap(logger, () => {
    try {
      buffered?.flushSync();
    } catch {
      // Standard output is not open yet (first line at start) or already closed: the line stays buffered or has no reader.
    }
  });
};
