import { inflateSync } from 'node:zlib';
import { readCharacterMap, showText, type CharacterMap } from './pdf-strings.ts';

/** Bounds of the work: bytes unpacked, objects, fonts of one name. */
const LARGEST_UNPACKED = 24 * 1024 * 1024;
const MOST_OBJECTS = 20_000;
const MOST_READINGS = 4;

interface PdfObject {
  id: string;
  head: string;
  stream: string | undefined;
}

/** Unpacks streams while there is room for what is read and what comes of it. */
const openStreams = (body: Buffer): ((start: number, end: number, head: string) => string | undefined) => {
  let room = LARGEST_UNPACKED;
  return (start, end, head) => {
    room -= end - start;
    if (room <= 0) return undefined;
    if (!head.includes('/Filter')) return body.toString('latin1', start, end);
    if (!head.includes('/FlateDecode')) return undefined;
    try {
      const opened = inflateSync(body.subarray(start, end), { maxOutputLength: room, finishFlush: 2 });
      room -= opened.length;
      return opened.toString('latin1');
    } catch {
      return undefined;
    }
  };
};

/** Finds a word from places that only go forward; each part of the text is read once. */
const finderOf = (text: string, word: string): ((from: number) => number) => {
  let found = -2;
  return (from) => {
    if (found !== -1 && found < from) found = text.indexOf(word, from);
    return found < 0 ? text.length : found;
  };
};

/** Objects within an object stream (ISO 32000-1 §7.5.7). */
const packedObjects = ({ head, stream }: PdfObject): PdfObject[] => {
  const first = Number(/\/First\s+(\d{1,9})/.exec(head)?.[1] ?? 0);
  if (stream === undefined || !/\/ObjStm/.test(head)) return [];
  const numbers = stream.slice(0, Math.min(first, MOST_OBJECTS * 16)).trim().split(/\s+/).map(Number);
  const found: PdfObject[] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    const from = first + (numbers[i + 1] as number);
    found.push({ id: `${numbers[i]} 0`, head: stream.slice(from, i + 3 < numbers.length ? first + (numbers[i + 3] as number) : undefined), stream: undefined });
  }
  return found;
};

const IMAGE_OR_FONT = /\/(?:Image|Type1C|CIDFontType0C|OpenType|Length1)\b/;

const objectsOf = (body: Buffer): PdfObject[] => {
  const text = body.toString('latin1');
  const [open, endOf, streamOf, closeOf] = [openStreams(body), finderOf(text, 'endobj'), finderOf(text, 'stream'), finderOf(text, 'endstream')];
  const found: PdfObject[] = [];
  const starts = [...text.matchAll(/(?<![0-9])(\d{1,8}) (\d{1,5}) obj\b/g)].slice(0, MOST_OBJECTS);
  for (const [i, match] of starts.entries()) {
    const from = match.index + match[0].length;
    const until = Math.min(endOf(from), starts[i + 1]?.index ?? text.length);
    const at = streamOf(from);
    const head = text.slice(from, Math.min(at, until));
    const start = at + 6 + (text[at + 6] === '\r' ? 2 : 1);
    const stream = at < until && !IMAGE_OR_FONT.test(head) ? open(start, closeOf(start), head) : undefined;
    const object: PdfObject = { id: `${match[1]} ${match[2]}`, head, stream };
    found.push(object, ...packedObjects(object));
    if (found.length > MOST_OBJECTS) break;
  }
  return found;
};

/** Which character maps the names of fonts stand for; a name that pages use for different fonts has several. */
const fontsOf = (objects: readonly PdfObject[]): Map<string, CharacterMap[]> => {
  const byId = new Map(objects.map((object) => [object.id, object]));
  const maps = new Map<string, CharacterMap>();
  const mapOf = (font: string): CharacterMap | undefined => {
    const id = /\/ToUnicode\s+(\d{1,8} \d{1,5}) R/.exec(byId.get(font)?.head ?? '')?.[1];
    const source = id === undefined ? undefined : byId.get(id)?.stream;
    if (id === undefined || source === undefined) return undefined;
    const known = maps.get(id) ?? readCharacterMap(source);
    maps.set(id, known);
    return known;
  };
  const fonts = new Map<string, CharacterMap[]>();
  for (const { head } of objects) {
    for (const [, name, id] of head.matchAll(/\/([^\s/<>[\]()]{1,60})\s+(\d{1,8} \d{1,5}) R/g)) {
      const map = mapOf(id as string);
      const known = fonts.get(name as string) ?? [];
      if (map && !known.includes(map) && known.length < MOST_READINGS) fonts.set(name as string, [...known, map]);
    }
  }
  return fonts;
};

const utf16 = (text: string): string => Buffer.from(text, 'latin1').swap16().toString('utf16le');

/** Title, subject, keywords and the like, written as text or as UTF-16 (§14.3.3), and the XMP packet. */
const propertiesOf = (objects: readonly PdfObject[]): string[] => {
  const hex = (digits: string): string => Buffer.from(digits.replaceAll(/\s/g, ''), 'hex').toString('latin1');
  const read = (raw: string): string => (raw.startsWith('\xfe\xff') ? utf16(raw.slice(2, 2 + Math.floor((raw.length - 2) / 2) * 2)) : raw);
  return objects.flatMap(({ head, stream }) => [
    ...[...head.matchAll(/\/(?:Title|Subject|Keywords|Author)\s*(?:\(((?:[^()\\]|\\[^])*)\)|<([0-9A-Fa-f\s]*)>)/g)].map(([, plain, digits]) => read(plain === undefined ? hex(digits ?? '') : plain.replaceAll(/\\([()\\])/g, '$1'))),
    ...(stream !== undefined && /\/Type\s*\/Metadata/.test(head) ? [Buffer.from(stream, 'latin1').toString('utf8').replaceAll(/<[^>]*>/g, ' ')] : []),
  ]);
};

/**
 * The words of a PDF as far as its fonts say what their characters are (ToUnicode, ISO 32000-1 §9.10.3), and its properties. Text drawn as outlines and
 * pictures has none. Where pages give different fonts one name, each reading follows the other.
 */
export const pdfText = (body: Buffer): string => {
  const objects = objectsOf(body);
  const fonts = fontsOf(objects);
  const texts = propertiesOf(objects);
  const readings = Math.max(1, ...[...fonts.values()].map((maps) => maps.length));
  for (const { stream } of objects) {
    if (stream === undefined || !/\bT[jJ*]|\bTf\b/.test(stream)) continue;
    for (let n = 0; n < readings; n++) texts.push(showText(stream, (name) => { const maps = fonts.get(name); return maps?.[Math.min(n, maps.length - 1)]; }));
  }
  return texts.join('\n');
};
