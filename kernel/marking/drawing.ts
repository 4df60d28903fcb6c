import type { SKRSContext2D } from '@napi-rs/canvas';
import { footOf, type Mark } from './mark.ts';

/** What the drawing needs of a context: that of a picture and that of a PDF page have it. */
type Context = Pick<SKRSContext2D, 'font' | 'fillStyle' | 'strokeStyle' | 'lineWidth' | 'measureText' | 'save' | 'restore' | 'translate' | 'rotate' | 'fillText' | 'strokeText' | 'fillRect'>;

export interface Ground {
  width: number;
  height: number;
  /** A PDF page: light outlines would be thousands of paths there, and time and number stand in a font of their own. */
  isPage?: boolean;
}
/** Height of the line at the foot. */
export const footHeight = ({ height }: Ground): number => Math.max(8, height / 90) * 1.9;
/** From where on, of its width, the foot of a page is left free for time and number. */
export const FOOT_FREE = 0.72;

export const FONT = 'ZhengwuMark';
const TILT = -Math.PI / 7;

/** Draws the mark over an area of this size. Dark and light strokes together are seen on any ground, and leave what is below readable. */
export const drawMark = (context: Context, ground: Ground, mark: Mark): void => {
  if (mark.style === 'tiles') drawTiles(context, ground, mark);
  drawFoot(context, ground, mark);
};

const drawTiles = (context: Context, { width, height, isPage }: Ground, { viewer, at, trace }: Mark): void => {
  const size = Math.max(9, Math.round(Math.min(width, height) / 42));
  const lines = [viewer, `${at}  ${trace}`];
  context.font = `${size}px ${FONT}`;
  const wide = Math.max(...lines.map((line) => context.measureText(line).width)) + size * 4;
  const reach = Math.hypot(width, height);
  context.strokeStyle = 'rgba(255,255,255,0.25)';
  context.fillStyle = 'rgba(70,80,95,0.26)';
  context.lineWidth = Math.max(1, size / 10);
  context.save();
  context.translate(width / 2, height / 2);
  context.rotate(TILT);
  for (let row = 0, y = -reach / 2; y < reach / 2; y += size * 9, row += 1) {
    for (let x = -reach / 2 - (row % 2) * (wide / 2); x < reach / 2; x += wide) {
      lines.forEach((line, below) => {
        if (!isPage) context.strokeText(line, x, y + below * size * 1.5);
        context.fillText(line, x, y + below * size * 1.5);
      });
    }
  }
  context.restore();
};

const drawFoot = (context: Context, ground: Ground, mark: Mark): void => {
  const { width, height, isPage } = ground;
  const text = isPage ? footOf(mark) : `${footOf(mark)} · ${mark.at} · ${mark.trace}`;
  const high = footHeight(ground);
  context.font = `10px ${FONT}`;
  const size = Math.max(3, Math.min(high / 1.9, (10 * width * (isPage ? FOOT_FREE - 0.05 : 0.94)) / context.measureText(text).width));
  context.font = `${size}px ${FONT}`;
  context.fillStyle = 'rgba(255,255,255,0.72)';
  context.fillRect(0, height - high, width, high);
  context.fillStyle = 'rgb(60,60,60)';
  context.fillText(text, width * 0.03, height - high * 0.32);
};
