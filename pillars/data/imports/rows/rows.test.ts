import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openRows, type Format } from './open-rows.ts';
import type { RawRow } from './raw-row.ts';
import type { Encoding } from './text.ts';
import { guessEncoding } from './text.ts';

/** Two rows as another program wrote them: sign text, n bigint, day date. */
const PARQUET = 'UEFSMRUAFSgVKCwVBBUAFQYVBgAAAgAAAAQBAwAAAOeUsgMAAADkuZkVABUsFSwsFQQVABUGFQYAAAIAAAAEAQEAAAAAAAAAAgAAAAAAAAAVABVSFVIsFQQVABUGFQYAACEAAABBAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAhUAAAFQIZTDUAGA1kdWNrZGJfc2NoZW1hFQYAFQwlAhgEc2lnbiUAABUEJQIYAW4lJAAVAiUCGANkYXklDAAWBBkcGTwmABwVDBkVABkYBHNpZ24VABYEFkoWSiYIPBgD55SyGAPkuZkWACgD55SyGAPkuZkREQAAACYAHBUEGRUAGRgBbhUAFgQWThZOJlI8GAgCAAAAAAAAABgIAQAAAAAAAAAWACgIAgAAAAAAAAAYCAEAAAAAAAAAEREAAAAmABwVAhkVABkYA2RheRUAFgQWdBZ0JqABPBgEIVAAABgEIVAAABYCKAQhUAAAGAQhUAAAEREAAAAWjAIWBCYIFowCACgoRHVja0RCIHZlcnNpb24gdjEuNS42IChidWlsZCAwNjljYzlmOWI1KRk8HAAAHAAAHAAAADYBAABQQVIx';

const read = async (content: Buffer, format: Format, encoding: Encoding = 'utf-8', step = 7): Promise<{ columns: string[]; rows: RawRow[] }> => {
  const open = (start = 0, end = content.length) => Promise.resolve((async function* () {
    for (let at = start; at < end; at += step) yield content.subarray(at, Math.min(end, at + step));
  })());
  const { columns, chunks } = await openRows({ size: content.length, open }, format, encoding);
  const rows: RawRow[] = [];
  for await (const chunk of chunks) rows.push(...chunk);
  return { columns, rows };
};
const cells = ({ rows }: { rows: RawRow[] }): unknown[] => rows.map((row) => (row.cells ? { ...row.cells } : row.fault));

/** A zip of packed parts. */
const zipOf = (parts: Record<string, string | Buffer>): Buffer => {
  const [locals, centrals]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const [title, body] = [Buffer.from(name), deflateRawSync(content)];
    const [local, central] = [Buffer.alloc(30), Buffer.alloc(46)];
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(title.length, 26);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(body.length, 20);
    central.writeUInt16LE(title.length, 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, title, body);
    centrals.push(central, title);
    offset += 30 + title.length + body.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
};

describe('CSV (RFC 4180)', () => {
  const quoted = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const valueOf = fc.string({ unit: fc.constantFrom('a', '中', '"', ',', '\n', '\r', ' ', '😀'), maxLength: 6 });

  test('whatever stands in the cells and wherever the pieces are cut, it is read as it was written', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(valueOf, valueOf), { maxLength: 6 }), fc.integer({ min: 1, max: 40 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), async (rows, step, line, isEnded) => {
      const text = [['x', 'y'], ...rows].map((row) => row.map(quoted).join(',')).join(line) + (isEnded ? line : '');
      expect(cells(await read(Buffer.from(`\uFEFF${text}`), 'csv', 'utf-8', step))).toEqual(rows.map(([x, y]) => ({ x, y })));
    }));
  });
  test('GB 18030 is read with its letters of four bytes, and known where it is not valid UTF-8', async () => {
    // 中文 and U+20087, which takes four bytes (GB 18030-2022).
    const content = Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0xd6, 0xd0, 0xce, 0xc4, 0x2c, 0x95, 0x32, 0x90, 0x31, 0x0a]);
    expect(guessEncoding(content)).toBe('gb18030');
    expect(cells(await read(content, 'csv', 'gb18030', 3))).toEqual([{ a: '中文', b: '𠂇' }]);
    await expect(read(content, 'csv')).rejects.toMatchObject({ code: 'import.encoding' });
  });
  test('a row of another length is a fault of that row; heads that repeat are one of the file', async () => {
    expect(cells(await read(Buffer.from('a,b\n1\n1,2\n"1"x,2\n1,2,3\n'), 'csv'))).toEqual(['import.cells', { a: '1', b: '2' }, 'import.cells', 'import.cells']);
    await expect(read(Buffer.from('a,a\n1,2\n'), 'csv')).rejects.toMatchObject({ code: 'import.no-heads' });
  });
  test('a quote that nobody closes does not fill the memory', async () => {
    await expect(read(Buffer.from(`a,b\n"${'x'.repeat(1_200_000)}`), 'csv', 'utf-8', 65_536)).rejects.toMatchObject({ code: 'import.row-too-long' });
  });
});

test('JSON Lines: an object a line, another thing is a fault of its line', async () => {
  expect(cells(await read(Buffer.from('{"a":"中","b":1}\n\n[1]\n{"a":\n{"a":null}'), 'jsonl'))).toEqual([{ a: '中', b: 1 }, 'import.not-json', 'import.not-json', { a: null }]);
});

describe('XLSX (ISO/IEC 29500)', () => {
  const sheet = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
  const book = (rows: string, shared = ''): Buffer => zipOf({ '[Content_Types].xml': '<Types/>', 'xl/worksheets/sheet1.xml': sheet(rows), 'xl/sharedStrings.xml': `<sst>${shared}</sst>` });

  test('shared and inline texts, numbers, booleans, cells left out', async () => {
    const content = book(
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>n</t></is></c><c r="C1" t="str"><v>c</v></c></row><row r="2"/><row r="3"><c r="A3" t="s"><v>1</v></c><c r="C3" t="b"><v>1</v></c></row><row r="4"><c r="B4"><v>1.5</v></c></row>',
      '<si><t>sign</t></si><si><r><t>甲&amp;</t></r><r><t xml:space="preserve"> 乙</t></r><rPh><t>jia</t></rPh></si>');
    expect(cells(await read(content, 'xlsx'))).toEqual([{ sign: '甲& 乙', n: '', c: true }, { sign: '', n: 1.5, c: '' }]);
  });
  test('a bomb is left where it passes what is allowed', async () => {
    const bomb = zipOf({ 'xl/worksheets/sheet1.xml': sheet(''), 'xl/sharedStrings.xml': Buffer.alloc(24 * 1024 * 1024, '<si></si>') });
    expect(bomb.length).toBeLessThan(200_000);
    await expect(read(bomb, 'xlsx', 'utf-8', 65_536)).rejects.toMatchObject({ code: 'import.too-large-inside' });
  });
  test('what is no workbook is said to be none', async () => {
    await expect(read(Buffer.from('a,b\n'), 'xlsx')).rejects.toMatchObject({ code: 'import.not-readable' });
  });
});

test('Parquet: whole numbers and days as such', async () => {
  expect(cells(await read(Buffer.from(PARQUET, 'base64'), 'parquet', 'utf-8', 100))).toEqual([{ sign: '甲', n: 1, day: '2026-03-01' }, { sign: '乙', n: 2, day: null }]);
  await expect(read(Buffer.from('PAR1xxxx'), 'parquet')).rejects.toMatchObject({ code: 'import.not-readable' });
});
