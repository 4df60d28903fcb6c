import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AdapterFlow, AdapterStep } from '@zhengwu/contracts';
import { emptyStep, flowOf, isWhole, mayKeep, pairsOf, stepOf, typedFlowOf, typedOf } from './adapters-reading.ts';

const word = fc.stringMatching(/^[a-z一-龥]{1,8}$/);
const pairs = fc.dictionary(word, word, { minKeys: 1, maxKeys: 4 }).map((found) => ({ ...found }));
const step: fc.Arbitrary<AdapterStep> = fc.oneof(
  fc.record({ do: fc.constant('pick' as const), fields: pairs }), fc.record({ do: fc.constant('set' as const), field: word, value: fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null)) }), fc.record({ do: fc.constant('number' as const), field: word }),
  fc.record({ do: fc.constant('translate' as const), field: word, codes: pairs }), fc.record({ do: fc.constant('mask' as const), field: word, first: fc.nat(9), last: fc.nat(9) }), fc.record({ do: fc.constant('join' as const), register: word, by: word, fields: pairs }),
);

describe('a flow as it is typed', () => {
  test('is the flow that is kept', () => {
    fc.assert(fc.property(step, (one) => {
      expect(stepOf(typedOf(one))).toEqual(one);
      expect(isWhole(typedOf(one))).toBe(true);
    }));
    const flow: AdapterFlow = { code: 'shops', name: { zh: '商户', en: 'Shops' }, source: { kind: 'folder', folder: 'shops', format: 'csv', encoding: 'gb18030' }, steps: [{ do: 'number', field: 'seats' }], sink: { register: 'shops', key: 'no', validFrom: '2026-01-01' }, schedule: { dailyAt: '02:30' } };
    const { code: _code, ...declared } = flow;
    expect(flowOf(typedFlowOf(flow))).toEqual(declared);
    expect(mayKeep(typedFlowOf(flow))).toBe(true);
    expect(mayKeep({ ...typedFlowOf(flow), validFrom: '' })).toBe(false);
  });

  test('pairs have a name and a value, which may hold an equals sign', () => {
    expect(pairsOf('no = 编号\n\nx\n=y\nz=\nlink=a=b')).toEqual({ no: '编号', link: 'a=b' });
    expect(isWhole({ ...emptyStep, do: 'join', field: 'no', pairs: 'a=b' })).toBe(false);
  });
});
