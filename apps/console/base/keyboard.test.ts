import { describe, expect, test } from 'vitest';
import { actionOf, type KeyPress } from './keyboard.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({ key, ctrlKey: false, metaKey: false, altKey: false, typing: false, covered: false, ...more });

describe('keys of the lists', () => {
  test.each([['j', 'next'], ['J', 'next'], ['k', 'previous'], ['e', 'decide'], ['a', 'assign'], ['/', 'search'], ['?', 'help'], ['Enter', 'open']])('%s means %s', (key, action) => {
    expect(actionOf(press(key), true)).toBe(action);
  });

  test('never while typing, under a dialog, or with a modifier', () => {
    expect(actionOf(press('e', { typing: true }), true)).toBeNull();
    expect(actionOf(press('e', { covered: true }), true)).toBeNull();
    expect(actionOf(press('k', { ctrlKey: true }), true)).toBeNull();
    expect(actionOf(press('k', { metaKey: true }), true)).toBeNull();
  });

  test('single keys can be switched off (WCAG 2.2, 2.1.4); Enter stays', () => {
    expect(actionOf(press('j'), false)).toBeNull();
    expect(actionOf(press('?'), false)).toBeNull();
    expect(actionOf(press('Enter'), false)).toBe('open');
  });

  test('other keys mean nothing', () => {
    expect(actionOf(press('Escape'), true)).toBeNull();
    expect(actionOf(press('z'), true)).toBeNull();
  });
});
