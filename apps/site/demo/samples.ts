import { deflateSync, crc32 } from 'node:zlib';
import type { Files } from '@zhengwu/files';

/** A stored file as a material names it. */
export interface SampleFile {
  file_hash: string;
  file_name: string;
  file_type: string;
  file_size: number;
}

type Colour = readonly [number, number, number];

const chunk = (name: string, content: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};

/** A PNG (ISO/IEC 15948) of a colour for each pixel. */
export const pngOf = (width: number, height: number, colourAt: (x: number, y: number) => Colour): Buffer => {
  const rows = Array.from({ length: height }, (_, y) => Buffer.from([0, ...Array.from({ length: width }, (_unused, x) => colourAt(x, y)).flat()]));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(rows))), chunk('IEND', Buffer.alloc(0)),
  ]);
};

const white: Colour = [255, 255, 255];

/** A silhouette before white: plainly a drawing, nobody's likeness. */
const portrait = (): Buffer => pngOf(179, 220, (x, y) => {
  const within = (cx: number, cy: number, rx: number, ry: number): boolean => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;
  if (within(89, 88, 40, 52)) return [201, 143, 99];
  if (within(89, 72, 47, 56)) return [45, 36, 32];
  return within(89, 232, 82, 76) ? [52, 80, 107] : white;
});

/** A page with grey lines for text. */
const page = (): Buffer => pngOf(420, 594, (x, y) => {
  const inside = x > 50 && x < 370 - ((y >> 4) % 5) * 18 && y > 60 && y < 520;
  return inside && y % 16 < 5 ? [120, 120, 120] : white;
});

/** Keeps one drawing for portraits and one for papers; every past material shows one of them. */
export const sampleFiles = async (files: Files): Promise<(material: string) => SampleFile> => {
  const keep = async (content: Buffer, name: string): Promise<SampleFile> => {
    const { hash, size } = await files.keep(content, { type: 'image/png', name });
    return { file_hash: hash, file_name: name, file_type: 'image/png', file_size: size };
  };
  const [photo, paper] = [await keep(portrait(), '照片.png'), await keep(page(), '材料.png')];
  return (material) => (material === 'portrait-photo' ? photo : paper);
};
