import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { holdsEicar, isProgram } from './unsafe-bytes.ts';

const inflate = promisify(inflateRaw) as (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const [END, ENTRY, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
/** An office document packs some 20 to 1; what unpacks a hundred times its size is made to. */
const MOST_RATIO = 200;
const RATIO_FROM = 1024 * 1024;
const LARGEST_UNPACKED = 128 * 1024 * 1024;

interface Entry {
  name: string;
  method: number;
  flags: number;
  packed: number;
  unpacked: number;
  at: number;
}

/** Entries of the central directory; undefined where it is not whole. */
const entriesOf = (body: Buffer): Entry[] | undefined => {
  const end = body.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > body.length || body.readUInt32LE(end) !== END) return undefined;
  const entries: Entry[] = [];
  let at = body.readUInt32LE(end + 16);
  for (let n = body.readUInt16LE(end + 10); n > 0; n--) {
    if (at + 46 > body.length || body.readUInt32LE(at) !== ENTRY) return undefined;
    const [name, extra, comment] = [28, 30, 32].map((offset) => body.readUInt16LE(at + offset)) as [number, number, number];
    entries.push({
      flags: body.readUInt16LE(at + 8), method: body.readUInt16LE(at + 10), packed: body.readUInt32LE(at + 20), unpacked: body.readUInt32LE(at + 24), at: body.readUInt32LE(at + 42),
      name: body.toString('utf8', at + 46, at + 46 + name),
    });
    at += 46 + name + extra + comment;
  }
  return entries;
};

const packedBody = (body: Buffer, { at, packed }: Entry): Buffer | undefined => {
  if (at + 30 > body.length || body.readUInt32LE(at) !== LOCAL) return undefined;
  const start = at + 30 + body.readUInt16LE(at + 26) + body.readUInt16LE(at + 28);
  return start + packed <= body.length ? body.subarray(start, start + packed) : undefined;
};

/** Archives within, controls and embedded objects: not what an applicant's document needs. Embedded workbooks of charts are looked into as far as their first bytes. */
const isUnsafeName = (name: string): boolean =>
  /\.(?:zip|rar|7z|tar|t?gz|bz2|xz|jar|iso|cab|msi|exe|dll|com|scr|js|jse|vbs|vbe|wsf|hta|ps1|bat|cmd|lnk|docm|xlsm|dotm|xltm)$/i.test(name) || /(?:^|\/)(?:activeX\/|vbaProject|oleObject\d*\.bin$)/i.test(name);

/** Templates and objects fetched from elsewhere when the document is opened (CVE-2017-0199 and its kind). */
const isOutside = (name: string, content: Buffer): boolean =>
  /\.rels$/i.test(name) && /<Relationship\b(?=[^>]*(?:attachedTemplate|oleObject|frame|subDocument|externalLinkPath))(?=[^>]*TargetMode\s*=\s*"External")/i.test(content.toString('utf8'));

const isActive = (name: string, content: Buffer): boolean =>
  isProgram(content) || holdsEicar(content) || isOutside(name, content) || (/^\[Content_Types\]\.xml$/.test(name) && /macroEnabled|vbaProject/i.test(content.toString('utf8')));

/** Whether a zip container holds what it should not, unpacks beyond reason, or can't be looked into. Nothing is written; unpacking is bounded. */
export const isUnsafeZip = async (body: Buffer): Promise<boolean> => {
  const entries = entriesOf(body);
  if (entries === undefined) return true;
  let room = LARGEST_UNPACKED;
  for (const entry of entries) {
    const { name, method, flags, packed, unpacked } = entry;
    if (name.endsWith('/')) continue;
    if (isUnsafeName(name) || (flags & 1) !== 0 || (method !== 0 && method !== 8)) return true;
    if (unpacked > RATIO_FROM && unpacked > packed * MOST_RATIO) return true;
    const held = packedBody(body, entry);
    if (held === undefined || unpacked > room) return true;
    room -= unpacked;
    try {
      const content = method === 0 ? held : await inflate(held, { maxOutputLength: Math.max(1, unpacked) });
      if (content.length !== unpacked || isActive(name, content)) return true;
    } catch {
      return true;
    }
  }
  return false;
};
