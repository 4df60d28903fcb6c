import type { ResponseOf, listRequests, requestTrace } from '@zhengwu/contracts';

interface Line extends Record<string, unknown> {
  level: number;
  time: string;
  msg?: string;
  requestId?: string;
}

const read = (line: string): Line | null => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'time' in value && 'level' in value ? (value as Line) : null;
  } catch {
    return null;
  }
};

const MOST_LINES = 200;
const SLOW_MS = 1000;
const MOST_REQUESTS = 100;

/** What of one request is still in memory: its lines, its jobs, its trace. */
export const trailOf = (lines: readonly string[], id: string): Omit<ResponseOf<typeof requestTrace>, 'records'> => {
  const found = lines.filter((line) => line.includes(id)).map(read).filter((line): line is Line => line?.requestId === id).slice(-MOST_LINES);
  const jobs = found.filter(({ job }) => typeof job === 'string').map((line) => ({ at: line.time, job: String(line['job']), milliseconds: typeof line['ms'] === 'number' ? line['ms'] : null, failed: line['failed'] === true }));
  const traceId = found.map((line) => line['traceId']).find((one) => typeof one === 'string');
  return {
    lines: found.map((line) => ({ at: line.time, level: line.level, message: line.msg ?? '', about: Object.fromEntries(Object.entries(line).filter(([key]) => !['level', 'time', 'msg', 'requestId'].includes(key))) })), jobs, traceId: typeof traceId === 'string' ? traceId : null,
  };
};

/** Requests in memory that failed (500 and above) or took a second and more, newest first. */
export const requestsOf = (lines: readonly string[], { operation, kind }: { operation?: string; kind?: 'failed' | 'slow' | 'all' }): ResponseOf<typeof listRequests>['items'] => {
  const isWanted = (line: Line): boolean => {
    const [status, ms] = [Number(line['status']), Number(line['ms'])];
    if (operation !== undefined && line['operation'] !== operation) return false;
    return kind === 'all' || (kind !== 'slow' && status >= 500) || (kind !== 'failed' && ms >= SLOW_MS);
  };
  const items = [];
  for (let at = lines.length - 1; at >= 0 && items.length < MOST_REQUESTS; at -= 1) {
    const text = lines[at] ?? '';
    const line = text.includes('"msg":"answered"') ? read(text) : null;
    if (line?.requestId && isWanted(line)) items.push({ id: line.requestId, at: line.time, operation: String(line['operation']), method: String(line['method']), status: Number(line['status']), ms: Number(line['ms']), code: typeof line['code'] === 'string' ? line['code'] : null });
  }
  return items;
};
