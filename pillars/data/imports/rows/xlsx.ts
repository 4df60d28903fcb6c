import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { fail } from '../errors.ts';
import { readWhole, type Body, type RawRow, type Rows } from './raw-row.ts';
import { directoryOf, type Part } from './zip.ts';

/** What a workbook may unpack to: the sheet is read as it comes, the shared texts stand in memory. */
const LARGEST_SHEET = 4 * 1024 * 1024 * 1024;
const LARGEST_TEXTS = 128 * 1024 * 1024;
const LARGEST_PIECE = 1_000_000;
/** Sheets pack to a tenth or a thirtieth; what swells more than this beyond the first bytes was made to. */
const [MOST_SWELL, SWELL_FROM] = [200, 4 * 1024 * 1024];

/** The text of a part, unpacked as it is read and no further than `most` bytes. */
async function* textOf(body: Body, part: Part, most: number): AsyncGenerator<string> {
  const packed = Readable.from(await body.open(part.start, part.start + part.packed));
  const source: Readable = part.method === 0 ? packed : packed.pipe(createInflateRaw());
  packed.on('error', (error) => source.destroy(error));
  const decoder = new TextDecoder();
  let seen = 0;
  for await (const piece of source as AsyncIterable<Buffer>) {
    seen += piece.length;
    if (seen > most || (seen > SWELL_FROM && seen > part.packed * MOST_SWELL)) throw fail('import.too-large-inside');
    yield decoder.decode(piece, { stream: true });
  }
}

/** The elements of one name (without their kind inside them), piece by piece, bounded in length. */
async function* elements(text: AsyncIterable<string>, name: string): AsyncGenerator<string> {
  let held = '';
  const closing = `</${name}>`;
  const opening = new RegExp(`<${name}(?=[ >/])`, 'g');
  for await (const piece of text) {
    held += piece;
    let at = 0;
    for (;;) {
      opening.lastIndex = at;
      const start = opening.exec(held)?.index ?? -1;
      if (start < 0) {
        at = Math.max(at, held.length - 20);
        break;
      }
      at = start;
      const tagEnd = held.indexOf('>', start);
      const isEmpty = tagEnd > 0 && held[tagEnd - 1] === '/';
      const end = isEmpty ? tagEnd + 1 : held.indexOf(closing, start);
      if (tagEnd < 0 || end < 0) break;
      yield held.slice(start, end);
      at = isEmpty ? end : end + closing.length;
    }
    held = held.slice(at);
    if (held.length > LARGEST_PIECE) throw fail('import.row-too-long');
  }
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const unescape = (text: string): string => text.replace(/&(#x?[0-9a-fA-F]{1,6}|[a-z]{2,4});/g, (whole, name: string) => {
  if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
  const code = Number(name.startsWith('#x') ? `0x${name.slice(2)}` : name.slice(1));
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
});
/** All `<t>` of a piece as one text, readings of phonetics left out. */
const texts = (xml: string): string => unescape([...xml.replace(/<rPh[\s\S]*?<\/rPh>/g, '').matchAll(/<t(?: [^>]*)?>([^<]*)<\/t>/g)].map(([, inner = '']) => inner).join(''));

const columnOf = (reference: string): number => [...reference.replace(/\d+$/, '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
const MOST_COLUMNS = 16_384;

const cellValue = (attributes: string, inner: string, shared: readonly string[]): unknown => {
  const type = / t="([a-zA-Z]+)"/.exec(attributes)?.[1] ?? 'n';
  if (type === 'inlineStr') return texts(inner);
  const value = /<v(?: [^>]*)?>([^<]*)<\/v>/.exec(inner)?.[1];
  if (value === undefined || type === 'e') return '';
  if (type === 's') return shared[Number(value)] ?? '';
  if (type === 'b') return value === '1';
  return type === 'n' ? Number(value) : unescape(value);
};

const cellsIn = (row: string, shared: readonly string[]): unknown[] => {
  const cells: unknown[] = [];
  for (const [, attributes = '', inner = ''] of row.matchAll(/<c((?: [^>]*?)?)(?:\/>|>([\s\S]*?)<\/c>)/g)) {
    const reference = / r="([A-Z]{1,3}\d+)"/.exec(attributes)?.[1];
    const at = reference === undefined ? cells.length : columnOf(reference);
    if (at < MOST_COLUMNS) cells[at] = cellValue(attributes, inner, shared);
  }
  return cells;
};

const sharedTexts = async (body: Body, part: Part | undefined): Promise<string[]> => {
  const shared: string[] = [];
  if (part) for await (const item of elements(textOf(body, part, LARGEST_TEXTS), 'si')) shared.push(texts(item));
  return shared;
};

/** Rows of the first sheet of a workbook (ISO/IEC 29500), whose first row names the columns; what it unpacks to is bounded. */
export const xlsxRows = async (body: Body): Promise<Rows> => {
  const parts = await directoryOf(body.size, async (start, end) => readWhole(await body.open(start, end)));
  const sheet = [...(parts?.values() ?? [])].filter(({ name }) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name)).sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))[0];
  if (!parts || !sheet) throw fail('import.not-readable', { format: 'XLSX' });
  const shared = await sharedTexts(body, parts.get('xl/sharedStrings.xml'));
  const all = elements(textOf(body, sheet, LARGEST_SHEET), 'row');
  const columns = Array.from(cellsIn(((await all.next()).value as string | undefined) ?? '', shared), (name) => String(name ?? '').trim());
  if (columns.length === 0 || columns.includes('') || new Set(columns).size < columns.length) throw fail('import.no-heads');
  return {
    columns,
    chunks: (async function* () {
      let held: RawRow[] = [];
      for await (const xml of all) {
        const cells = cellsIn(xml, shared);
        if (!cells.some((value) => (value ?? '') !== '')) continue;
        held.push(cells.length > columns.length ? { fault: 'import.cells' } : { cells: Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? ''])) });
        if (held.length === 500) {
          yield held;
          held = [];
        }
      }
      yield held;
    })(),
  };
};
