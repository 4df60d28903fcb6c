import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { maskText, redact } from './redact.ts';
import { openRing, type Ring } from './ring.ts';
import { tracing } from './tracing.ts';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

interface Write {
  (message: string): void;
  (about: object, message?: string): void;
}

/** What is known of one answered request: values of the platform's own making, but for the id, which a client may have chosen. */
export interface Answered {
  requestId: string;
  method: string;
  operation: string;
  status: number;
  ms: number;
  /** Code of the problem answered, where there was one. */
  code?: string | undefined;
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
  /** One line of level info for an answered request, written without a walk over its fields: once per request, so it must cost little. */
  answered(request: Answered): void;
  isLevelEnabled(level: LogLevel): boolean;
  /** A log that adds `bindings` (such as `{ requestId }`) to each line. */
  child(bindings: Record<string, unknown>): Log;
  /** Writes out what is buffered. */
  flush(): void;
  /** The last lines of this log, at most 4,000, oldest first; redacted like all. */
  recent(): string[];
}

export interface LogOptions {
  level?: LogLevel;
  /** Process or module that speaks. */
  name?: string;
  /** Where lines go; standard output unless given. */
  destination?: DestinationStream;
}

const RECENT = 4000;
const FLUSH_MS = 500;
const BUFFER_BYTES = 16_384;
const METHODS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** Buffered lines: handed on many at a time under load, written out at least twice a second and at exit. */
const bufferedOutput = (): DestinationStream & { flushSync(): void } => {
  const output = pino.destination({ dest: 1, sync: false, maxWrite: 4 * BUFFER_BYTES });
  let lines = '';
  let timer: NodeJS.Timeout | undefined;
  const handOn = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (lines !== '') output.write(lines);
    lines = '';
  };
  const flushSync = (): void => {
    handOn();
    output.flushSync();
  };
  process.once('exit', flushSync);
  return {
    write: (line) => {
      lines += line;
      if (lines.length >= BUFFER_BYTES) handOn();
      else timer ??= setTimeout(handOn, FLUSH_MS).unref();
    },
    flushSync,
  };
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

/** The present as ISO text; the text is made once a millisecond. */
const isoClock = (): (() => string) => {
  let at = 0;
  let text = '';
  return () => {
    const now = Date.now();
    if (now !== at) text = new Date((at = now)).toISOString();
    return text;
  };
};

const now = isoClock();

/** The fields of `bindings` as they stand inside a JSON object, with a comma behind. */
const inside = (bindings: Record<string, unknown>): string => {
  const text = JSON.stringify(bindings).slice(1, -1);
  return text === '' ? '' : `${text},`;
};

const answeredWriter = (logger: Logger, destination: DestinationStream, bound: string): Log['answered'] => {
  const names = new Map<string, string>();
  const quoted = (name: string): string => {
    let text = names.get(name);
    if (text === undefined) names.set(name, (text = JSON.stringify(maskText(name))));
    return text;
  };
  return ({ requestId, method, operation, status, ms, code }) => {
    if (!logger.isLevelEnabled('info')) return;
    const trace = tracing()?.traceId();
    const traced = trace === undefined ? '' : `,"traceId":"${trace}"`;
    const problem = code === undefined ? '' : `,"code":${quoted(code)}`;
    destination.write(
      `{"level":30,"time":"${now()}",${bound}"requestId":${JSON.stringify(maskText(requestId))},"method":"${method}","operation":${quoted(operation)},"status":${status},"ms":${ms}${problem}${traced},"msg":"answered"}\n`,
    );
  };
};

interface Ground {
  destination: DestinationStream;
  flush(): void;
  ring: Ring;
}

const wrap = (logger: Logger, ground: Ground, bound: string): Log => {
  const { destination, flush, ring } = ground;
  const writers = Object.fromEntries(METHODS.map((m) => [m, writerOf(logger, m, m === 'error' || m === 'fatal' ? flush : undefined)]));
  return {
    ...(writers as Record<(typeof METHODS)[number], Write>),
    answered: answeredWriter(logger, destination, bound),
    level: logger.level,
    isLevelEnabled: (level) => logger.isLevelEnabled(level),
    child: (bindings) => {
      const shown = redact(bindings) as Record<string, unknown>;
      return wrap(logger.child(shown), ground, bound + inside(shown));
    },
    flush,
    recent: () => ring.lines(),
  };
};

const remembering = (ring: Ring, output: DestinationStream): DestinationStream => ({
  write: (line) => {
    ring.add(line);
    output.write(line);
  },
});

/** Joins a line to its trace. */
const mixin = (): object => {
  const traceId = tracing()?.traceId();
  return traceId === undefined ? {} : { traceId };
};

/** Opens the log of a process as JSON lines. Errors and worse are written out at once, the rest within half a second. */
export const createLog = (options: LogOptions = {}): Log => {
  const buffered = options.destination ? undefined : bufferedOutput();
  const ring = openRing(RECENT);
  const destination = remembering(ring, options.destination ?? (buffered as DestinationStream));
  const base = options.name ? { name: options.name } : {};
  const logger = pino({ level: options.level ?? 'info', base, timestamp: stdTimeFunctions.isoTime, mixin }, destination);
  const flush = (): void => {
    try {
      buffered?.flushSync();
    } catch {
      // Standard output is not open yet (first line at start) or already closed: the line stays buffered or has no reader.
    }
  };
  return wrap(logger, { destination, flush, ring }, inside(base));
};
