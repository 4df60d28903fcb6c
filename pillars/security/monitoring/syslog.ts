/** One line of syslog. */
export interface SyslogLine {
  facility: number;
  severity: number;
  /** As the sender says, where its form carries zone and year (RFC 5424); otherwise null. */
  sentAt: Date | null;
  host: string | null;
  app: string | null;
  process: string | null;
  message: string;
}

/** Longest message that is kept; RFC 5424 §6.1 asks receivers for 2048 and more. */
export const LONGEST = 8192;
/** What has no readable priority is user-level, notice (RFC 3164 §4.3.3). */
const UNKNOWN = { facility: 1, severity: 5 } as const;

const PRI = /^<(\d{1,3})>/;
const HEAD_5424 = /^1 (-|\S{1,40}) (-|[\x21-\x7e]{1,255}) (-|[\x21-\x7e]{1,48}) (-|[\x21-\x7e]{1,128}) (?:-|[\x21-\x7e]{1,32}) /;
const HEAD_3164 = /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d ([\x21-\x7e]{1,255}) /;
const TAG_3164 = /^([A-Za-z0-9_./()-]{1,64})(?:\[([^\]\s]{1,64})\])?: ?/;

const orNull = (text: string | undefined): string | null => (text === undefined || text === '-' || text === '' ? null : text);
const clean = (text: string): string => text.replaceAll('\u0000', '').replace(/^\ufeff/, '').trimEnd().slice(0, LONGEST);

/** Where the structured data ends (RFC 5424 §6.3): a `]` that is not inside a quoted value. */
const afterStructured = (text: string): number => {
  if (text.startsWith('-')) return 1;
  let at = 0;
  while (text[at] === '[') {
    let isQuoted = false;
    for (at += 1; at < text.length && (isQuoted || text[at] !== ']'); at += 1) {
      if (isQuoted && text[at] === '\\') at += 1;
      else if (text[at] === '"') isQuoted = !isQuoted;
    }
    at += 1;
  }
  return Math.min(at, text.length);
};

const timeOf = (text: string | undefined): Date | null => {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)$/.test(text ?? '') ? Date.parse(text ?? '') : NaN;
  return Number.isNaN(at) ? null : new Date(at);
};

/** Reads one line by RFC 5424, else by RFC 3164, else keeps it as it is. Never throws. */
export const parseSyslog = (raw: string): SyslogLine => {
  const pri = PRI.exec(raw);
  const code = Number(pri?.[1] ?? NaN);
  const isKnown = pri !== null && code <= 191;
  const level = isKnown ? { facility: code >> 3, severity: code & 7 } : UNKNOWN;
  const rest = isKnown ? raw.slice(pri[0].length) : raw;
  const modern = HEAD_5424.exec(rest);
  if (isKnown && modern) {
    const body = rest.slice(modern[0].length);
    return { ...level, sentAt: timeOf(modern[1]), host: orNull(modern[2]), app: orNull(modern[3]), process: orNull(modern[4]), message: clean(body.slice(afterStructured(body)).replace(/^ /, '')) };
  }
  const old = isKnown ? HEAD_3164.exec(rest) : null;
  const body = old ? rest.slice(old[0].length) : rest;
  const tag = isKnown ? TAG_3164.exec(body) : null;
  return { ...level, sentAt: null, host: orNull(old?.[1]), app: orNull(tag?.[1]), process: orNull(tag?.[2]), message: clean(tag ? body.slice(tag[0].length) : body) };
};

export interface Framer {
  /** Takes what arrived; answers the lines that are whole. */
  take(chunk: Buffer): string[];
}

/** Cuts a TCP stream into lines by RFC 6587: counted octets where a frame begins with a count, otherwise up to a line feed. Too long ones are cut and the rest skipped. */
export const openFramer = (): Framer => {
  let waiting: Buffer = Buffer.alloc(0);
  let skip = 0;
  let isSkippingLine = false;
  const next = (): string | null => {
    if (skip > 0) {
      const gone = Math.min(skip, waiting.length);
      waiting = waiting.subarray(gone);
      skip -= gone;
      if (skip > 0) return null;
    }
    const head = waiting.subarray(0, 10).toString('latin1');
    const counted = isSkippingLine ? null : /^([1-9]\d{0,7}) /.exec(head);
    if (counted) {
      const [from, length] = [counted[0].length, Number(counted[1])];
      const kept = Math.min(length, LONGEST);
      if (waiting.length < from + kept) return null;
      const line = waiting.subarray(from, from + kept).toString('utf8');
      waiting = waiting.subarray(from + kept);
      skip = length - kept;
      return line;
    }
    const end = waiting.indexOf(10);
    if (end < 0 && waiting.length <= LONGEST) return null;
    const line = isSkippingLine ? '' : waiting.subarray(0, Math.min(end < 0 ? waiting.length : end, LONGEST)).toString('utf8');
    isSkippingLine = end < 0;
    waiting = end < 0 ? Buffer.alloc(0) : waiting.subarray(end + 1);
    return line;
  };
  return {
    take: (chunk) => {
      waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
      const lines: string[] = [];
      while (waiting.length > 0) {
        const line = next();
        if (line === null) break;
        if (line !== '') lines.push(line);
      }
      return lines;
    },
  };
};
