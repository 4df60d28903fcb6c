import { pdfText } from './pdf-text.ts';
import { entriesOf, packedBody, unpack } from './zip-body.ts';

/** Of the words of a document no more is looked at. */
const LARGEST_TEXT = 32 * 1024 * 1024;
/** Pictures, fonts and themes hold no words. */
const WORDS = /\.(?:xml|rels|txt|html?)$/i;
const ENDS = /<\/(?:w:p|a:p|si|row|ofd:TextObject|TextObject|dc:[a-z]+|cp:[a-z]+)>|<w:br\b[^>]*>/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const entityOf = (whole: string, name: string): string => {
  if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
  const code = name[1] === 'x' || name[1] === 'X' ? parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
};

/** The words of an XML part, paragraph by paragraph: runs within one are joined, as one word may stand in several. */
const wordsOf = (xml: string): string =>
  xml.replaceAll(/>\s*\n\s*</g, '><').replaceAll(ENDS, '\n').replaceAll(/<w:tab\b[^>]*>/g, ' ').replaceAll(/<[^>]*>/g, '').replaceAll(/&(#?[0-9A-Za-z]{1,8});/g, entityOf);

const packageText = async (body: Buffer): Promise<string> => {
  const parts: string[] = [];
  let room = LARGEST_TEXT;
  for (const entry of entriesOf(body) ?? []) {
    const held = WORDS.test(entry.name) && (entry.flags & 1) === 0 && entry.unpacked <= room ? packedBody(body, entry) : undefined;
    if (held === undefined) continue;
    room -= entry.unpacked;
    const content = await unpack(held, entry).catch(() => undefined);
    if (content) parts.push(wordsOf(content.toString('utf8')));
  }
  return parts.join('\n');
};

/**
 * The words of a document: plain text, office documents and OFD whole; of PDF what its fonts say can be read, and its properties. Pictures and scans
 * have none, and what is protected or broken gives what can be had; never throws.
 */
export const documentText = async (body: Buffer, type: string): Promise<string> => {
  if (type.startsWith('text/')) return body.toString('utf8', 0, LARGEST_TEXT);
  if (type === 'application/pdf') return pdfText(body);
  return body.subarray(0, 2).toString('latin1') === 'PK' ? packageText(body) : '';
};
