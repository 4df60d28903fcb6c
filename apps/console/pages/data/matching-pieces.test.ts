import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pieces } from './matching-pieces.ts';

const ownOf = (text: string, against: string): string[] => pieces(text, against).filter(({ isOwn }) => isOwn).map((piece) => piece.text);

test('marks what the other text lacks, and nothing where they are the same', () => {
  expect(ownOf('听潮路12号5幢501室', '听潮路12号5栋501')).toEqual(['幢', '室']);
  expect(ownOf('张晓明', '张晓明')).toEqual([]);
  expect(ownOf('张晓明', '—')).toEqual(['张晓明']);
});

test('pieces joined are the text', () => {
  fc.assert(fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (a, b) => {
    expect(pieces(a, b).map(({ text }) => text).join('')).toBe(a);
  }));
});
