import { inflateSync } from 'node:zlib';

/**
 * What makes a reader's program act: scripts, programs, attached files, forms sent elsewhere (ISO 32000-1 §12.6, §7.11.4). A script needs the name
 * /JavaScript; /JS alone is too short to look for in compressed bytes.
 */
const ACTIVE = /\/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE)(?=[\s/<>[(\]]|$)/;
const ENCRYPTED = /\/Encrypt(?=[\s/<>[(]|$)/;
const LARGEST_OBJECTS = 16 * 1024 * 1024;

/** Names may be written with hex escapes (`/J#53`): they are read as what they mean. */
const plainNames = (text: string): string => text.replace(/#([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** Object streams hold objects compressed; what can't be read is no reason to trust it. */
const objectStreams = (text: string, body: Buffer): string[] | undefined => {
  const found: string[] = [];
  let room = LARGEST_OBJECTS;
  for (const { index } of text.matchAll(/\/ObjStm(?=[\s/<>])/g)) {
    const keyword = text.indexOf('stream', index);
    const end = text.indexOf('endstream', keyword);
    if (keyword < 0 || end < 0) return undefined;
    if (!/\/FlateDecode/.test(text.slice(text.lastIndexOf('obj', index), keyword))) return undefined;
    const start = keyword + 'stream'.length + (text[keyword + 6] === '\r' ? 2 : 1);
    try {
      const opened = inflateSync(body.subarray(start, end), { maxOutputLength: room, finishFlush: 2 });
      room -= opened.length;
      found.push(opened.toString('latin1'));
    } catch {
      return undefined;
    }
  }
  return found;
};

/** Why a PDF is not taken: `active` content, or `encrypted` so that nobody can tell; undefined when it is plain. */
export const unsafePdf = (body: Buffer): 'active' | 'encrypted' | undefined => {
  const text = body.toString('latin1');
  const plain = plainNames(text);
  if (ACTIVE.test(plain)) return 'active';
  if (ENCRYPTED.test(plain)) return 'encrypted';
  const inside = objectStreams(text, body);
  return inside === undefined || inside.some((one) => ACTIVE.test(plainNames(one))) ? 'active' : undefined;
};
