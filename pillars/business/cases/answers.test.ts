import { describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import type { FieldLayout } from '@zhengwu/contracts';
import { displayOf } from './answers.ts';
import { slotAt, slotOf } from './slots.ts';

const field = (control: FieldLayout['control'], more: Partial<FieldLayout> = {}): FieldLayout => ({ key: 'k', question: { zh: '问', en: 'Q' }, control, ...more });
const number = fc.stringMatching(/^\d{17}[\dX]$/);

describe('display of an answer', () => {
  test('a citizen number is never shown whole, however deep it lies and whatever its field is called', () => {
    fc.assert(fc.property(number, fc.constantFrom<FieldLayout['control']>('citizenNumber', 'text', 'people'), (one, control) => {
      for (const value of [one, [one], [{ name: '林知夏', citizenNumber: one }], { citizenNumber: one }]) {
        const { zh, en } = displayOf(field(control), value, false);
        expect(`${zh} ${en}`).not.toContain(one.slice(3, 16));
      }
    }));
  });

  test('shown in clear where the policy says so', () => {
    expect(displayOf(field('people'), [{ name: '林知夏', citizenNumber: '11010519491231002X' }], true).zh).toBe('林知夏 11010519491231002X');
  });

  test('choices, amounts and times are read as people write them', () => {
    const options = [{ value: 'a', label: { zh: '甲', en: 'A' } }, { value: 'b', label: { zh: '乙', en: 'B' } }];
    expect(displayOf(field('checkboxes', { options }), ['a', 'b'], false)).toEqual({ zh: '甲、乙', en: 'A, B' });
    expect(displayOf(field('money'), 100_050, false).zh).toBe('¥1000.50');
    expect(displayOf(field('appointment'), `hall@${slotAt('2026-11-23', '09:00')}@1`, false)).toEqual({ zh: '11月23日（周一）09:00', en: 'Mon 23 Nov, 09:00' });
  });
});

describe('a slot', () => {
  test('is read only as it is offered', () => {
    expect(slotOf(`hall@${slotAt('2026-11-23', '16:00')}@4`)).toMatchObject({ place: 'hall', seat: 4 });
    for (const bad of ['', 'hall', `hall@${slotAt('2026-11-23', '16:00')}@5`, `hall@${slotAt('2026-11-23', '16:00')}@99999`, `hall@${slotAt('2026-11-23', '13:00')}@1`, 'hall@2026-13-40T01:00:00.000Z@1']) expect(slotOf(bad)).toBeNull();
  });
});
