import type { FileHandle } from 'node:fs/promises';
import { fail } from './errors.ts';

/** A scan of A3 at 600 dpi has 70 million; decoded, four bytes each. */
const MOST_PIXELS = 100_000_000;
const LONGEST_SIDE = 30_000;
/** Segments that a JPEG may have before its frame. */
const MOST_SEGMENTS = 1000;

interface PictureSize {
  width: number;
  height: number;
}

const readAt = async (file: FileHandle, position: number, length: number): Promise<Buffer | null> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return bytesRead === length ? buffer : null;
};

/** ISO 15948 §11.2.2: the header chunk comes first. */
const sizeOfPng = async (file: FileHandle): Promise<PictureSize | null> => {
  const head = await readAt(file, 0, 24);
  return head?.toString('latin1', 12, 16) === 'IHDR' ? { width: head.readUInt32BE(16), height: head.readUInt32BE(20) } : null;
};

/** SOF0 to SOF15 without DHT, JPG and DAC, which share the range (ISO 10918-1 table B.1). */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

const sizeOfJpeg = async (file: FileHandle): Promise<PictureSize | null> => {
  let at = 2;
  for (let count = 0; count < MOST_SEGMENTS; count += 1) {
    const head = await readAt(file, at, 4);
    if (head?.[0] !== 0xff) return null;
    const marker = head[1] as number;
    if (marker === 0xff) at += 1;
    else if (isFrame(marker)) {
      const frame = await readAt(file, at + 5, 4);
      return frame === null ? null : { height: frame.readUInt16BE(0), width: frame.readUInt16BE(2) };
    } else at += 2 + head.readUInt16BE(2);
  }
  return null;
};

/** RFC 9649 §2.5 to §2.7: lossy, lossless, extended. */
const sizeOfWebp = async (file: FileHandle): Promise<PictureSize | null> => {
  const head = await readAt(file, 0, 30);
  switch (head?.toString('latin1', 12, 16)) {
    case 'VP8 ': return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff };
    case 'VP8L': return { width: (head.readUInt32LE(21) & 0x3fff) + 1, height: ((head.readUInt32LE(21) >>> 14) & 0x3fff) + 1 };
    case 'VP8X': return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
    default: return null;
  }
};

const sizes: Readonly<Record<string, (file: FileHandle) => Promise<PictureSize | null>>> = { 'image/png': sizeOfPng, 'image/jpeg': sizeOfJpeg, 'image/webp': sizeOfWebp };

/** Looks at what the head of a picture says, before anybody decodes it (OWASP ASVS 5.0 V5.2.6). Throws `file.too-many-pixels`. What has no size no program shows either. */
export const checkPixels = async (file: FileHandle, type: string): Promise<void> => {
  const size = (await sizes[type]?.(file)) ?? null;
  if (size === null) return;
  if (size.width * size.height > MOST_PIXELS || Math.max(size.width, size.height) > LONGEST_SIDE) throw fail('file.too-many-pixels', { width: size.width, height: size.height });
};
