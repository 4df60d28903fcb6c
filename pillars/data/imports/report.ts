import type { Actor } from '@zhengwu/contracts';
import type { Site } from '@zhengwu/module';
import { messageOf } from './importing.ts';
import * as store from './store.ts';

const PAGE = 5000;
/** What begins a formula, or hides that one begins (ASVS 5.0 V1.2.10). */
const OPENS_FORMULA = '=+-@\t\r\n\0';

/** A cell of RFC 4180 that no spreadsheet takes for a formula. */
export const safeCell = (value: string | number): string => {
  const text = String(value);
  const safe = typeof value === 'string' && text !== '' && OPENS_FORMULA.includes(text.charAt(0)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const lineOf = (cells: readonly (string | number)[]): string => `${cells.map(safeCell).join(',')}\r\n`;

/** The refused rows as CSV, a page of them in memory at a time. No value of the file is in it. */
export async function* reportOf({ database }: Pick<Site, 'database'>, actor: Actor, id: string): AsyncGenerator<string> {
  yield `\uFEFF${lineOf(['行 Row', '字段 Field', '代码 Code', '说明', 'Message'])}`;
  for (let after = 0, isMore = true; isMore;) {
    const rows = await database.as(actor, (tx) => store.refusals(tx, id, after, PAGE), { readOnly: true });
    // The last row of a full page may have more faults than fit: it is told with the next page.
    const last = rows.at(-1)?.row ?? 0;
    isMore = rows.length === PAGE;
    const whole = isMore ? rows.filter(({ row }) => row < last) : rows;
    yield whole.map(({ row, field, code, params }) => {
      const { zh, en } = messageOf(code, params);
      return lineOf([row, field ?? '', code, zh, en]);
    }).join('');
    after = whole.at(-1)?.row ?? last;
  }
}
