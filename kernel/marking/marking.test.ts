import { createCanvas, loadImage } from '@napi-rs/canvas';
import { degrees, PDFArray, PDFDict, PDFDocument, PDFRef, PDFStream } from '@cantoo/pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, describe, expect, test } from 'vitest';
import { isMarkable } from './kinds.ts';
import { newTrace, TRACE, type Mark } from './mark.ts';
import { openMarker } from './marker.ts';

const mark: Mark = { viewer: '王审核 市场监督管理局 3f2a', at: '2026-11-23 11:20', trace: 'K7PQ-2M4X-9RTD', style: 'tiles' };
const marker = openMarker();
afterAll(() => marker.close());

const sheets = async (turn = 0): Promise<Buffer> => {
  const document = await PDFDocument.create();
  for (const size of [[595, 842], [595, 842], [300, 400]] as [number, number][]) {
    const page = document.addPage(size);
    page.drawText('Application', { x: 40, y: 40 });
    page.setRotation(degrees(turn));
  }
  return Buffer.from(await document.save());
};
const textOf = async (pdf: Buffer): Promise<string[]> => {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  return Promise.all(Array.from({ length: document.numPages }, async (_, at) => (await (await document.getPage(at + 1)).getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join('')));
};
const picture = (type: 'jpeg' | 'png' | 'webp', width = 640, height = 480): Promise<Buffer> => {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#dfe8f0';
  context.fillRect(0, 0, width, height);
  return type === 'png' ? canvas.encode('png') : canvas.encode(type, 90);
};
const pixels = async (body: Buffer): Promise<Uint8ClampedArray> => {
  const image = await loadImage(body);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height).data;
};

describe('PDF', () => {
  test.each([0, 90, 180, 270])('every page says who looked, when, and the trace number; turned by %i', async (turn) => {
    const pages = await textOf(await marker.mark('pdf', await sheets(turn), mark));
    expect(pages).toHaveLength(3);
    for (const page of pages) for (const word of ['Application', '王审核 市场监督管理局', mark.at, mark.trace, '查看副本']) expect(page).toContain(word);
  });
  test('whatever the copy points at is in it, so that strict readers show it too', async () => {
    const { context } = await PDFDocument.load(await marker.mark('pdf', await sheets(), mark));
    const missing: string[] = [];
    const follow = (one: unknown): void => {
      if (one instanceof PDFRef && context.lookup(one) === undefined) missing.push(one.toString());
      else if (one instanceof PDFStream) follow(one.dict);
      else if (one instanceof PDFDict) one.values().forEach(follow);
      else if (one instanceof PDFArray) one.asArray().forEach(follow);
    };
    for (const [, object] of context.enumerateIndirectObjects()) follow(object);
    expect(missing).toEqual([]);
  });
  test('papers to be handed out carry one line at the foot', async () => {
    const [first = ''] = await textOf(await marker.mark('pdf', await sheets(), { ...mark, style: 'line' }));
    expect(first.split(mark.trace)).toHaveLength(2);
  });
});

describe('images', () => {
  test.each(['jpeg', 'png', 'webp'] as const)('%s: another picture of the same size and type, marked all over', async (type) => {
    const original = await picture(type);
    const copy = await marker.mark('image', original, mark);
    const [before, after] = [await pixels(original), await pixels(copy)];
    expect(after.length).toBe(before.length);
    // Nine fields of the picture, each with strokes of the mark.
    for (let field = 0; field < 9; field += 1) {
      let changed = 0;
      for (let y = Math.floor(field / 3) * 160; y < Math.floor(field / 3) * 160 + 160; y += 1) {
        for (let x = (field % 3) * 213; x < (field % 3) * 213 + 213; x += 1) changed += Number(Math.abs((after[(y * 640 + x) * 4] ?? 0) - (before[(y * 640 + x) * 4] ?? 0)) > 12);
      }
      expect(changed).toBeGreaterThan(100);
    }
  });
  test('a photograph taken upright stays upright (EXIF orientation 6)', async () => {
    const plain = await picture('jpeg', 300, 200);
    const exif = Buffer.from('ffe100224578696600004d4d002a00000008000101120003000000010006000000000000', 'hex');
    const copy = await loadImage(await marker.mark('image', Buffer.concat([plain.subarray(0, 2), exif, plain.subarray(2)]), mark));
    expect([copy.width, copy.height]).toEqual([200, 300]);
  });
});

describe('what cannot be marked is refused', () => {
  test.each([
    ['a broken PDF', 'pdf', Buffer.from('%PDF-1.7 and nothing more')], ['no picture', 'image', Buffer.from('not a picture')],
    ['a broken picture', 'image', Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452000000100000001008060000', 'hex'), Buffer.alloc(40)])],
  ] as const)('%s', async (_, kind, body) => {
    await expect(marker.mark(kind, body, mark)).rejects.toMatchObject({ code: 'file.not-markable' });
  });
  test('a picture that would unfold to 10 gigapixels is not even decoded', async () => {
    const bomb = Buffer.from(await picture('png', 8, 8));
    bomb.writeUInt32BE(100_000, 16);
    bomb.writeUInt32BE(100_000, 20);
    const began = performance.now();
    await expect(marker.mark('image', bomb, mark)).rejects.toMatchObject({ code: 'file.not-markable' });
    expect(performance.now() - began).toBeLessThan(1000);
  });
  test('what takes too long ends with its thread, and the next copy is made by a new one; a long queue is refused', async () => {
    const hasty = openMarker({ patience: 1, queue: 1, bytes: 5000 });
    const slow = hasty.mark('pdf', await sheets(), mark);
    await expect(hasty.mark('pdf', await sheets(), mark)).rejects.toMatchObject({ code: 'file.marking-busy' });
    await expect(slow).rejects.toMatchObject({ code: 'file.not-markable' });
    await expect(hasty.mark('pdf', Buffer.alloc(5001), mark)).rejects.toMatchObject({ code: 'file.not-markable' });
    await hasty.close();
    expect(await textOf(await marker.mark('pdf', await sheets(), mark))).toHaveLength(3);
  });
  test('kinds', () => {
    expect(['application/pdf', 'image/jpeg', 'image/svg+xml', 'text/csv; charset=utf-8'].map(isMarkable)).toEqual(['pdf', 'image', 'refused', 'none']);
  });
});

test('trace numbers read well and differ', () => {
  const made = Array.from({ length: 200 }, newTrace);
  expect(new Set(made).size).toBe(200);
  for (const one of made) expect(one).toMatch(TRACE);
});
