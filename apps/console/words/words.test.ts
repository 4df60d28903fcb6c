import { describe, expect, test } from 'vitest';
import { catalogue, say, type Word } from './words.ts';
import { actForms } from '../pages/case/act-forms.ts';

const words = Object.keys(catalogue) as Word[];
const params = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((one) => one[1] ?? '').sort();
const files = import.meta.glob('../{base,parts,pages}/**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });
const sources = (): string[] => Object.entries(files).filter(([name]) => !name.includes('.test.')).map(([, text]) => text);

describe('catalogue of the console', () => {
  test('every phrase is there in both languages, with the same parameters', () => {
    for (const word of words) {
      const [zh, en] = catalogue[word];
      expect(zh.trim(), word).not.toBe('');
      expect(en.trim(), word).not.toBe('');
      expect(params(en).filter((one) => !params(zh).includes(one)), word).toEqual([]);
      expect(en, word).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });

  test('every phrase that a page asks for exists', () => {
    const asked = sources().flatMap((text) => [...text.matchAll(/\bt\('([^']+)'/g)].map((one) => one[1] ?? ''));
    expect(asked.length).toBeGreaterThan(200);
    expect(asked.filter((word) => !(word in catalogue))).toEqual([]);
  });

  test('every act has its name, its hint and the questions it asks', () => {
    const needed = actForms.flatMap((form) => [`act.${form.act}`, `act.${form.act}.hint`, ...form.fields.map((field) => `act.${form.act}.${field.key}`)]);
    expect(needed.filter((word) => !(word in catalogue))).toEqual([]);
  });

  test('pages hold no words of their own', () => {
    const inline = sources().flatMap((text) => text.split('\n').filter((line) => /[\u4e00-\u9fff]/.test(line.replace(/\/\*.*?\*\/|\/\*\*?.*|^\s*\*.*|\/\/.*/g, ''))));
    const known = inline.filter((line) => !/中文|、|：|状态：|待认领|办理人变为/.test(line));
    expect(known).toEqual([]);
  });

  test('a parameter fills its place; a missing one stays visible', () => {
    expect(say('due.late', 'zh-CN', { days: 3 })).toBe('超期 3 个工作日');
    expect(say('due.late', 'en')).toContain('{days}');
  });
});
