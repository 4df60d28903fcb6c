import { readFile } from 'node:fs/promises';
import { fail } from './errors.ts';
import type { FileType } from './file-types.ts';
import { holdsEicar, isPolyglot } from './unsafe-bytes.ts';
import { unsafePdf } from './unsafe-pdf.ts';
import { isUnsafeZip } from './unsafe-zip.ts';

/** Larger ones are judged by their type's checks alone. */
const LARGEST = 64 * 1024 * 1024;

/** What can be told of a file without a scanner. Throws `file.infected`, `file.unsafe` or `file.encrypted`. */
export const applyContentRules = async (path: string, size: number, type: FileType): Promise<void> => {
  if (size > LARGEST) return;
  const body = await readFile(path);
  if (holdsEicar(body)) throw fail('file.infected', { signature: 'EICAR-Test-File' });
  if (isPolyglot(body, type.type)) throw fail('file.unsafe');
  if (type.type === 'application/pdf') {
    const why = unsafePdf(body);
    if (why !== undefined) throw fail(why === 'encrypted' ? 'file.encrypted' : 'file.active-pdf');
  }
  if (type.entries !== undefined && (await isUnsafeZip(body))) throw fail('file.unsafe');
};
