/** Width, height and EXIF orientation (1 to 8) of a picture, read from its head without decoding it; undefined when it is none. */
export interface PictureSize {
  width: number;
  height: number;
  orientation: number;
}

const pngSize = (body: Buffer): PictureSize | undefined =>
  body.length > 24 && body.subarray(12, 16).toString('latin1') === 'IHDR' ? { width: body.readUInt32BE(16), height: body.readUInt32BE(20), orientation: 1 } : undefined;

/** Tag 0x0112 of the first directory (EXIF 2.3 §4.6.4). */
const orientationOf = (exif: Buffer): number => {
  if (exif.length < 14 || exif.subarray(0, 4).toString('latin1') !== 'Exif') return 1;
  const tiff = exif.subarray(6);
  const isLittle = tiff.subarray(0, 2).toString('latin1') === 'II';
  const short = (at: number): number => (at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let entry = 0; entry < Math.min(short(directory), 64); entry += 1) {
    const at = directory + 2 + entry * 12;
    if (short(at) === 0x0112) return short(at + 8) >= 1 && short(at + 8) <= 8 ? short(at + 8) : 1;
  }
  return 1;
};

const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

const jpegSize = (body: Buffer): PictureSize | undefined => {
  let orientation = 1;
  for (let at = 2; at + 9 < body.length && body[at] === 0xff; ) {
    const marker = body[at + 1] as number;
    const length = body.readUInt16BE(at + 2);
    if (isFrame(marker)) return { width: body.readUInt16BE(at + 7), height: body.readUInt16BE(at + 5), orientation };
    if (marker === 0xe1 && orientation === 1) orientation = orientationOf(body.subarray(at + 4, at + 2 + length));
    at += 2 + length;
  }
  return undefined;
};

const webpSize = (body: Buffer): PictureSize | undefined => {
  const kind = body.subarray(12, 16).toString('latin1');
  if (body.length < 30) return undefined;
  if (kind === 'VP8X') return { width: body.readUIntLE(24, 3) + 1, height: body.readUIntLE(27, 3) + 1, orientation: 1 };
  if (kind === 'VP8 ') return { width: body.readUInt16LE(26) & 0x3fff, height: body.readUInt16LE(28) & 0x3fff, orientation: 1 };
  if (kind !== 'VP8L') return undefined;
  const bits = body.readUInt32LE(21);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1, orientation: 1 };
};

export const pictureSize = (body: Buffer): PictureSize | undefined => {
  if (body.length > 3 && body.readUInt16BE(0) === 0xffd8) return jpegSize(body);
  if (body.subarray(1, 4).toString('latin1') === 'PNG') return pngSize(body);
  if (body.subarray(8, 12).toString('latin1') === 'WEBP') return webpSize(body);
  return undefined;
};
