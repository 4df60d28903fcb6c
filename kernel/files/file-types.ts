/** One kind of file that people may hand in: how it is named and how its content shows what it is. */
export interface FileType {
  type: string;
  extensions: readonly string[];
  /** Bytes at the start; `undefined` stands for any byte. */
  magic?: readonly (readonly (number | undefined)[])[];
  /** For zip containers: entries that must be there (a name, or a folder ending in “/”). */
  entries?: readonly string[];
  /** Text: valid UTF-8 without control characters. */
  isText?: boolean;
  /** Text that must stand within the last 1,024 bytes. */
  ending?: string;
}

const bytes = (text: string): number[] => [...text].map((c) => c.charCodeAt(0));
const ANY = [undefined, undefined, undefined, undefined];
const ZIP = [bytes('PK\x03\x04')];

/** PDF: ISO 32000; PNG: ISO 15948; JPEG: ISO 10918; WebP: RFC 9649; OOXML: ISO 29500; OFD: GB/T 33190. */
export const FILE_TYPES: readonly FileType[] = [
  { type: 'application/pdf', extensions: ['pdf'], magic: [bytes('%PDF-')], ending: '%%EOF' },
  { type: 'image/png', extensions: ['png'], magic: [[0x89, ...bytes('PNG\r\n\x1a\n')]] },
  { type: 'image/jpeg', extensions: ['jpg', 'jpeg'], magic: [[0xff, 0xd8, 0xff]] },
  { type: 'image/webp', extensions: ['webp'], magic: [[...bytes('RIFF'), ...ANY, ...bytes('WEBP')]] },
  { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', extensions: ['docx'], magic: ZIP, entries: ['[Content_Types].xml', 'word/'] },
  { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', extensions: ['xlsx'], magic: ZIP, entries: ['[Content_Types].xml', 'xl/'] },
  { type: 'application/ofd', extensions: ['ofd'], magic: ZIP, entries: ['OFD.xml'] },
  { type: 'text/plain', extensions: ['txt'], isText: true },
];

/** The type of a file by its media type (parameters ignored) or, for browsers that do not know one, by its name. */
export const fileTypeOf = (declared: string, name: string): FileType | undefined => {
  const media = declared.split(';')[0]?.trim().toLowerCase() ?? '';
  if (media !== '' && media !== 'application/octet-stream') return FILE_TYPES.find((t) => t.type === media);
  const extension = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return FILE_TYPES.find((t) => t.extensions.includes(extension));
};

export const hasMagic = (type: FileType, head: Buffer): boolean =>
  type.magic === undefined || type.magic.some((pattern) => head.length >= pattern.length && pattern.every((byte, i) => byte === undefined || head[i] === byte));

/** Whether content begins like another of the known types: a PDF is not a text, whatever is declared. */
export const looksLikeAnother = (type: FileType, head: Buffer): boolean =>
  FILE_TYPES.some((other) => other.type !== type.type && other.magic !== undefined && other.magic !== type.magic && hasMagic(other, head));
