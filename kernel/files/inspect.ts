import { open, type FileHandle } from 'node:fs/promises';
import { fail } from './errors.ts';
import { hasMagic, looksLikeAnother, type FileType } from './file-types.ts';
import { checkPixels } from './picture-size.ts';
import { zipEntries } from './zip-entries.ts';

const TAIL = 1024;
/** C0 controls but white space, and DEL: no text has them (ESC neither: terminals would obey it). */
const CONTROL = /(?![\t\n\v\f\r\u{80}-\u{9f}])\p{Cc}/u;

const isPlainText = async (file: FileHandle): Promise<boolean> => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of file.createReadStream({ start: 0, autoClose: false })) {
      if (CONTROL.test(decoder.decode(chunk as Buffer, { stream: true }))) return false;
    }
    decoder.decode();
    return true;
  } catch {
    return false;
  }
};

const isUnsafeEntry = (name: string): boolean => /vbaProject\.bin$|\.(?:exe|dll|js|vbs|bat|cmd|scr)$/i.test(name) || name.startsWith('/') || name.split(/[/\\]/).includes('..');

const checkEntries = async (file: FileHandle, size: number, type: FileType): Promise<boolean> => {
  const names = await zipEntries(file, size);
  if (names === undefined) return false;
  if (names.some(isUnsafeEntry)) throw fail('file.unsafe');
  return (type.entries ?? []).every((wanted) => names.some((name) => (wanted.endsWith('/') ? name.startsWith(wanted) : name === wanted)));
};

const endsWell = async (file: FileHandle, size: number, ending: string): Promise<boolean> => {
  const start = Math.max(0, size - TAIL);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(TAIL), 0, TAIL, start);
  return buffer.subarray(0, bytesRead).includes(ending);
};

const isWhatItSays = async (file: FileHandle, size: number, type: FileType): Promise<boolean> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
  const head = buffer.subarray(0, bytesRead);
  if (!hasMagic(type, head) || looksLikeAnother(type, head)) return false;
  if (type.isText && !(await isPlainText(file))) return false;
  if (type.ending !== undefined && !(await endsWell(file, size, type.ending))) return false;
  return type.entries === undefined || (await checkEntries(file, size, type));
};

/** Checks that the file at `path` is what its type says. Throws `file.type-mismatch`, `file.unsafe` or `file.too-many-pixels`. */
export const inspectFile = async (path: string, size: number, type: FileType): Promise<void> => {
  const file = await open(path, 'r');
  try {
    if (!(await isWhatItSays(file, size, type))) throw fail('file.type-mismatch', { declared: type.extensions[0]?.toUpperCase() ?? type.type });
    await checkPixels(file, type.type);
  } finally {
    await file.close();
  }
};
