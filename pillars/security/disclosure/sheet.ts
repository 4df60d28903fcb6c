import { createHash } from 'node:crypto';
import { scanText, SENSITIVE_KINDS, tallyOf, veil, type FindingKind, type Tally } from '@zhengwu/detectors';
import type { Table } from './exportable.ts';

export interface Sheet {
  text: string;
  hash: string;
  size: number;
  /** What the detectors found in the rows, whether it was left or masked. */
  found: Tally;
}

/** What begins a formula, or hides that one begins (ASVS 5.0 V1.2.10). */
const OPENS_FORMULA = '=+-@\t\r\n\0';

const cell = (value: string | number | null): string => {
  const text = value === null ? '' : String(value);
  // A cell that a spreadsheet would take for a formula is made text.
  const safe = typeof value === 'string' && text !== '' && OPENS_FORMULA.includes(text.charAt(0)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const LOOKED_FOR = SENSITIVE_KINDS;

/**
 * Rows as CSV (RFC 4180) with the mark by which spreadsheets know UTF-8. The last column of each row names the ledger's entry, who took the rows and when:
 * a row that is cut out still says where it comes from, and no reader trips over a line of comment. Numbers that the list does not declare are masked.
 */
export const sheetOf = ({ heads, rows }: Table, mark: { head: string; text: string }, shows: readonly FindingKind[]): Sheet => {
  const found: Tally = {};
  const cleaned = rows.map((row) => row.map((value) => {
    if (value === null) return value;
    const findings = scanText(String(value), LOOKED_FOR);
    for (const [kind, count] of Object.entries(tallyOf(findings)) as [FindingKind, number][]) found[kind] = (found[kind] ?? 0) + count;
    const hidden = findings.filter(({ kind }) => kind !== 'secrecy-mark' && !shows.includes(kind));
    return hidden.length === 0 ? value : veil(String(value), hidden);
  }));
  const text = `\uFEFF${[[...heads, mark.head], ...cleaned.map((row) => [...row, mark.text])].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
  return { text, hash: createHash('sha256').update(text).digest('hex'), size: Buffer.byteLength(text), found };
};
