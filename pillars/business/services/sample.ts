import { inLanguage, type Language } from '@zhengwu/contracts';
import type { Sample } from '@zhengwu/pack';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const wide = 640;
const line = 44;

/** Splits a text into lines of about `width` columns, a Chinese character counting two. */
const wrapped = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let current = '';
  let columns = 0;
  for (const sign of text) {
    const size = sign.charCodeAt(0) > 0x2e80 ? 2 : 1;
    if (columns + size > width) {
      lines.push(current);
      [current, columns] = ['', 0];
    }
    current += sign;
    columns += size;
  }
  return [...lines, current];
};

const written = (x: number, y: number, text: string, width: number, size = 16): string =>
  wrapped(text, width).map((part, i) => `<text x="${x}" y="${y + i * (size + 3)}" font-size="${size}">${escaped(part)}</text>`).join('');

/** A blank form or its filled example as an SVG picture, marked as a specimen; nothing in it can run. */
export const drawSample = (sample: Sample, which: 'blank' | 'filled', language: Language): string => {
  const height = 110 + sample.rows.length * line + (sample.note ? 50 : 20);
  const rows = sample.rows.map((row, i) => {
    const y = 80 + i * line;
    const value = which === 'filled' ? written(230, y + 20, inLanguage(row.example, language), 44, 15) : '';
    return `<rect x="20" y="${y - 6}" width="190" height="${line}" fill="#f3f6fa" stroke="#8a94a6"/><rect x="210" y="${y - 6}" width="410" height="${line}" fill="#fff" stroke="#8a94a6"/>${written(30, y + 20, inLanguage(row.label, language), 20, 15)}${value}`;
  });
  const title = inLanguage(sample.title, language);
  const mark = language === 'en' ? 'SPECIMEN' : '样例';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${height}" role="img" aria-label="${escaped(title)}" font-family="system-ui, 'Noto Sans CJK SC', sans-serif" fill="#1b1b1b">
<rect width="${wide}" height="${height}" fill="#fff"/><text x="${wide / 2}" y="45" font-size="22" text-anchor="middle">${escaped(title)}</text>
${rows.join('\n')}
<text x="${wide - 30}" y="${height - 16}" font-size="15" fill="#b4232a" text-anchor="end">${mark}</text>${sample.note ? written(20, height - 30, inLanguage(sample.note, language), 60, 13) : ''}
</svg>`;
};
