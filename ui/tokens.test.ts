import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { stylesheet } from './stylesheet.ts';
import { antTheme, contrast, contrastPairs, tokens } from './tokens.ts';

describe('tokens', () => {
  test('contrast agrees with known values (WCAG 2.2)', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  test.each(contrastPairs.map((pair) => [pair.name, pair] as const))('%s is legible', (_, pair) => {
    expect(contrast(pair.on, pair.ground)).toBeGreaterThanOrEqual(pair.least);
  });

  test('the Ant Design theme keeps AA where its defaults fail', () => {
    const { token } = antTheme;
    for (const colour of [token.colorPrimary, token.colorError, token.colorWarning, token.colorSuccess, token.colorTextPlaceholder]) {
      expect(contrast(colour, tokens.colour.paper)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(token.colorBorder, tokens.colour.paper)).toBeGreaterThanOrEqual(3);
  });
});

describe('stylesheet', () => {
  test('weighs at most 12 KB compressed', () => {
    expect(gzipSync(stylesheet()).byteLength).toBeLessThanOrEqual(12 * 1024);
  });

  test('stays in its layer and leaves no unlayered rule but the variables', () => {
    const [before = ''] = stylesheet().split('@layer ui{');
    expect(before).toMatch(/^@layer antd,ui;:root\{[^}]*\}html\.elder\{[^}]*\}$/);
  });

  test('has balanced braces, elder, print and reduced-motion variants', () => {
    const css = stylesheet();
    expect(css.split('{').length).toBe(css.split('}').length);
    for (const part of ['html.elder{', '@media print', 'prefers-reduced-motion']) expect(css).toContain(part);
  });

  test('uses no variable that no token declares', () => {
    const css = stylesheet();
    for (const [, name] of css.matchAll(/var\((--[a-z0-9-]+)\)/g)) expect(css).toContain(`${name}:`);
  });

  test('elder type is 22 px or more and targets 60 px (适老化 2021)', () => {
    expect(tokens.type.elder.size).toBeGreaterThanOrEqual(22);
    expect(tokens.target.elder).toBeGreaterThanOrEqual(60);
  });
});
