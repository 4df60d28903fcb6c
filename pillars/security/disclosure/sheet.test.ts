import { expect, test } from 'vitest';
import { sheetOf } from './sheet.ts';

const mark = { head: '导出标记', text: 'E2026-000001 李建国 2026-11-23 10:00' };

test('a sheet is CSV (RFC 4180) with the mark of UTF-8; what a spreadsheet would take for a formula is text; each row says where it comes from', () => {
  expect(sheetOf({ heads: ['a', '名称'], rows: [[1, 'x,y'], [-2, '=1+1'], [3, 'say "hi"\nthere'], [null, '+a']] }, mark, []).text).toBe(
    `\uFEFFa,名称,导出标记\r\n1,"x,y",${mark.text}\r\n-2,'=1+1,${mark.text}\r\n3,"say ""hi""\nthere",${mark.text}\r\n,'+a,${mark.text}\r\n`,
  );
});

test.each([...'=+-@\t\r\n\0'])('a cell that begins with %j is text after a single quotation mark (ASVS 5.0 V1.2.10)', (first) => {
  expect(sheetOf({ heads: ['a'], rows: [[`${first}1`], [`1${first}`]] }, mark, []).text.replaceAll('"', '')).toBe(`\uFEFFa,导出标记\r\n'${first}1,${mark.text}\r\n1${first},${mark.text}\r\n`);
});

test('numbers that the list does not declare are masked and counted; declared ones stay and are counted', () => {
  const table = { heads: ['a'], rows: [['电话 13800138000'], ['13900139000']] };
  const masked = sheetOf(table, mark, []);
  expect(masked.text).toContain('电话 138****8000');
  expect(masked.found).toEqual({ 'mobile-phone': 2 });
  expect(sheetOf(table, mark, ['mobile-phone'])).toMatchObject({ found: { 'mobile-phone': 2 }, text: expect.stringContaining('13900139000') as string });
});
