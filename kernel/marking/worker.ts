import { parentPort, workerData } from 'node:worker_threads';
import { degrees, PDFDocument as Pdf, rgb, StandardFonts, type PDFPage } from '@cantoo/pdf-lib';
import { createCanvas, GlobalFonts, loadImage, PDFDocument } from '@napi-rs/canvas';
import { drawMark, FONT, FOOT_FREE, footHeight } from './drawing.ts';
import type { Mark } from './mark.ts';
import { pictureSize } from './picture-size.ts';

export interface Order {
  id: number;
  kind: 'pdf' | 'image';
  body: Uint8Array;
  mark: Mark;
}
export type Copy = { id: number; body: Uint8Array } | { id: number; error: string };

/** What a copy may cost: 40 million pixels are 160 MB while they are drawn. */
const MOST_PIXELS = 40_000_000;
const MOST_PAGES = 500;

GlobalFonts.registerFromPath((workerData as { font: string }).font, FONT);

/** One page with the mark and nothing else. Time and number are set in a standard font, whose letters every reader can search for and copy. */
const overlayOf = async (width: number, height: number, mark: Mark): Promise<Pdf> => {
  const drawn = new PDFDocument({ title: 'mark' });
  drawMark(drawn.beginPage(width, height) as never, { width, height, isPage: true }, mark);
  drawn.endPage();
  const overlay = await Pdf.load(drawn.close());
  const font = await overlay.embedFont(StandardFonts.Helvetica);
  const text = `${mark.at}  ${mark.trace}`;
  const high = footHeight({ width, height });
  const size = Math.max(3, Math.min(high / 1.9, (width * (0.97 - FOOT_FREE)) / font.widthOfTextAtSize(text, 1)));
  overlay.getPage(0).drawText(text, { x: width * FOOT_FREE, y: high * 0.32, size, font, color: rgb(0.24, 0.24, 0.24) });
  // The font becomes an object of the document only now; what is copied before points at nothing.
  await overlay.flush();
  return overlay;
};

/** The page as it is looked at: its visible box, turned as it says. */
const placeOn = (page: PDFPage): { width: number; height: number; x: number; y: number; turn: number } => {
  const { x, y, width, height } = page.getCropBox();
  const turn = ((page.getRotation().angle % 360) + 360) % 360;
  const [wide, high] = turn % 180 === 0 ? [width, height] : [height, width];
  const [left, bottom] = turn === 90 ? [x + width, y] : turn === 180 ? [x + width, y + height] : turn === 270 ? [x, y + height] : [x, y];
  return { width: wide, height: high, x: left, y: bottom, turn };
};

const markPdf = async (body: Uint8Array, mark: Mark): Promise<Uint8Array> => {
  const document = await Pdf.load(body, { updateMetadata: false });
  const pages = document.getPages();
  if (pages.length === 0 || pages.length > MOST_PAGES) throw new Error(`${pages.length} pages`);
  const overlays = new Map<string, Awaited<ReturnType<typeof document.embedPdf>>[number]>();
  for (const page of pages) {
    const { width, height, x, y, turn } = placeOn(page);
    if (!(width > 1 && height > 1 && width < 15_000 && height < 15_000)) throw new Error(`a page of ${width} by ${height}`);
    const size = `${width.toFixed(1)} ${height.toFixed(1)}`;
    const overlay = overlays.get(size) ?? (await document.embedPdf(await overlayOf(width, height, mark), [0]))[0];
    if (!overlay) throw new Error('no overlay');
    overlays.set(size, overlay);
    page.drawPage(overlay, { x, y, width, height, rotate: degrees(turn) });
  }
  document.setSubject(`Marked copy ${mark.trace}`);
  return document.save();
};

/** EXIF orientations 1 to 8 as matrices over width and height of the stored picture (TIFF 6.0, tag 274). */
const turned = (orientation: number, w: number, h: number): [number, number, number, number, number, number] =>
  ([[1, 0, 0, 1, 0, 0], [-1, 0, 0, 1, w, 0], [-1, 0, 0, -1, w, h], [1, 0, 0, -1, 0, h], [0, 1, 1, 0, 0, 0], [0, 1, -1, 0, h, 0], [0, -1, -1, 0, h, w], [0, -1, 1, 0, 0, w]] as const)[orientation - 1]?.slice() as never;

const markImage = async (body: Buffer, mark: Mark): Promise<Uint8Array> => {
  const size = pictureSize(body);
  if (!size || size.width < 1 || size.height < 1 || size.width * size.height > MOST_PIXELS) throw new Error(size ? `${size.width} by ${size.height} pixels` : 'no picture');
  const picture = await loadImage(body);
  const isAcross = size.orientation >= 5 && picture.width === size.width;
  const [width, height] = isAcross ? [picture.height, picture.width] : [picture.width, picture.height];
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.save();
  if (size.orientation > 1 && (isAcross || size.orientation < 5)) context.transform(...turned(size.orientation, picture.width, picture.height));
  context.drawImage(picture, 0, 0);
  context.restore();
  drawMark(context, { width, height }, mark);
  if (body[0] === 0xff) return canvas.encode('jpeg', 88);
  return body.subarray(1, 4).toString('latin1') === 'PNG' ? canvas.encode('png') : canvas.encode('webp', 88);
};

parentPort?.on('message', ({ id, kind, body, mark }: Order) => {
  const made = kind === 'pdf' ? markPdf(body, mark) : markImage(Buffer.from(body.buffer, body.byteOffset, body.byteLength), mark);
  made.then(
    (copy) => parentPort?.postMessage({ id, body: copy } satisfies Copy),
    (error: unknown) => parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) } satisfies Copy),
  );
});
