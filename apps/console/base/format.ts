import type { Language } from '@zhengwu/contracts';

const ZONE = 'Asia/Shanghai';
const dateParts = (iso: string): Record<string, string> =>
  Object.fromEntries(new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));

/** Day of an instant in Asia/Shanghai, YYYY-MM-DD. */
export const dayOf = (iso: string): string => {
  const { year, month, day } = dateParts(iso);
  return `${year}-${month}-${day}`;
};
/** Instant as `2026-11-20 10:32` in Asia/Shanghai. */
export const momentOf = (iso: string): string => {
  const { hour, minute } = dateParts(iso);
  return `${dayOf(iso)} ${hour}:${minute}`;
};
/** Fen as yuan with two decimals. */
export const yuan = (fen: number, lang: Language): string => new Intl.NumberFormat(lang, { style: 'currency', currency: 'CNY' }).format(fen / 100);
/** A count, with "+" where it was capped: 1,000+. */
export const countOf = (count: number, capped: boolean): string => `${count.toLocaleString('en-US')}${capped ? '+' : ''}`;
export const sizeOf = (bytes: number): string => (bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);
/** Today in Asia/Shanghai. */
export const today = (now: Date = new Date()): string => dayOf(now.toISOString());
/** A sentence of the site with its instants as moments in Asia/Shanghai: `2026-11-20T02:32:00Z` reads `2026-11-20 10:32`. */
export const withMoments = (text: string): string => text.replace(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})/g, momentOf);
