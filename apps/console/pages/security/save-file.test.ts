import { expect, test } from 'vitest';
import { csvOf } from './save-file.ts';

test('CSV quotes what must be quoted and disarms formulas', () => {
  expect(csvOf(['a', '名称'], [[1, 'x,y'], [-2, '=1+1'], [3, 'say "hi"\nthere']])).toBe('\uFEFFa,名称\r\n1,"x,y"\r\n-2,\'=1+1\r\n3,"say ""hi""\nthere"\r\n');
});
