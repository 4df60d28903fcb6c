import { holdsEicar, isProgram } from './unsafe-bytes.ts';
import { entriesOf, packedBody, unpack } from './zip-body.ts';

/** An office document packs some 20 to 1; what unpacks a hundred times its size is made to. */
const MOST_RATIO = 200;
const RATIO_FROM = 1024 * 1024;
const LARGEST_UNPACKED = 128 * 1024 * 1024;

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
      const content = await unpack(held, entry);
      if (content.length !== unpacked || isActive(name, content)) return true;
    } catch {
      return true;
    }
  }
  return false;
};
