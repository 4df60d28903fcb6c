import type { FileHandle } from 'node:fs/promises';
import { textOf, type Column, type Row } from './column.ts';

/** A cell that a spreadsheet would take for a formula is text (OWASP, CSV injection). */
const cell = (value: unknown): string => {
  const plain = textOf(value);
  const text = /^[=+\-@\t\r]/.test(plain) && typeof value !== 'number' ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csvHead = (columns: readonly Column[]): string => `\ufeff${columns.map(({ key }) => cell(key)).join(',')}\r\n`;
export const csvLine = (columns: readonly Column[], row: Row): string => `${columns.map(({ key }) => cell(row[key])).join(',')}\r\n`;
export const jsonLine = (columns: readonly Column[], row: Row): string => `${JSON.stringify(Object.fromEntries(columns.map(({ key }) => [key, row[key] ?? null])))}\n`;

/** Adds text to a file; a page is on the disk when it resolves. */
export const append = async (file: FileHandle, text: string): Promise<void> => {
  await file.appendFile(text);
  await file.datasync();
};
