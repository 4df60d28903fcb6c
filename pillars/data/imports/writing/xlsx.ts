import { open, type FileHandle } from 'node:fs/promises';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { fail } from '../errors.ts';
import { textOf, type Column, type Row } from './column.ts';

/** Rows of a sheet (ECMA-376, as every program reads it), its heads included. */
export const MOST_SHEET_ROWS = 1_048_576;
/** Characters of a cell. */
const MOST_CELL = 32_767;

const PARTS = {
  '[Content_Types].xml': '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
  '_rels/.rels': '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
  'xl/workbook.xml': '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="records" sheetId="1" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels': '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
} as const;
const SHEET = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>', '</sheetData></worksheet>'] as const;

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** As XML 1.0 §2.2 allows it: no control characters but tab and line ends, no half of a pair. */
const escaped = (text: string): string => text.slice(0, MOST_CELL).toWellFormed().replace(/[&<>]/g, (sign) => SIGNS[sign] ?? sign).replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '');

/** Texts stand in their cells as texts, so that none is ever a formula. */
const cell = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '<c/>';
  if (typeof value === 'number') return `<c><v>${value}</v></c>`;
  if (typeof value === 'boolean') return `<c t="b"><v>${value ? 1 : 0}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(textOf(value))}</t></is></c>`;
};
const line = (values: readonly unknown[]): string => `<row>${values.map(cell).join('')}</row>`;

/** What the packer gives goes to the file in its order; the caller waits for it page by page. */
const packing = (file: FileHandle) => {
  let written = Promise.resolve();
  let problem: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) problem = error;
    else written = written.then(async () => { await file.write(chunk); });
  });
  const settle = async (): Promise<void> => {
    await written;
    if (problem) throw problem;
  };
  return { zip, settle };
};

/** Writes rows as a workbook of one sheet, a page at a time. Throws `import.sheet-full` for more rows than a sheet has. */
export const writeXlsx = async (path: string, columns: readonly Column[], pages: AsyncIterable<readonly Row[]>): Promise<void> => {
  const file = await open(path, 'w');
  try {
    const { zip, settle } = packing(file);
    for (const [name, text] of Object.entries(PARTS)) {
      const part = new ZipDeflate(name);
      zip.add(part);
      part.push(strToU8(text), true);
    }
    const sheet = new ZipDeflate('xl/worksheets/sheet1.xml');
    zip.add(sheet);
    sheet.push(strToU8(SHEET[0] + line(columns.map(({ key }) => key))));
    let rows = 1;
    for await (const page of pages) {
      rows += page.length;
      if (rows > MOST_SHEET_ROWS) throw fail('import.sheet-full', { most: MOST_SHEET_ROWS - 1 });
      sheet.push(strToU8(page.map((row) => line(columns.map(({ key }) => row[key]))).join('')));
      await settle();
    }
    sheet.push(strToU8(SHEET[1]), true);
    zip.end();
    await settle();
    await file.datasync();
  } finally {
    await file.close();
  }
};
