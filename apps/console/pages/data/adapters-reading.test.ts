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
    const named = { code: 'shops', name: { zh: '商户', en: 'Shops' }, steps: [{ do: 'number' as const, field: 'seats' }] };
    const [files, register] = [{ kind: 'folder' as const, folder: 'shops', format: 'csv' as const, encoding: 'gb18030' as const }, { register: 'shops', key: 'no', validFrom: '2026-01-01' }];
    const flows: AdapterFlow[] = [
      { ...named, source: files, sink: register, schedule: { dailyAt: '02:30' } },
      { ...named, source: { kind: 'remote', connection: 'box', path: 'in/', format: 'xlsx', encoding: 'utf-8' }, sink: { topic: 'shops', key: 'no' }, schedule: { everySeconds: 60 } },
      { ...named, source: { kind: 'table', connection: 'old', table: 'a.b', key: 'no', changes: { by: 'transaction' } }, sink: { table: 'c', connection: 'old', key: 'no' }, schedule: null },
      { ...named, source: { kind: 'table', connection: 'old', table: 'b', key: 'no', changes: { by: 'column', column: 'at', settleSeconds: 5 } }, sink: { post: 'rows', connection: 'web', key: 'no' }, schedule: null },
      { ...named, source: files, sink: { drop: 'out', connection: null, format: 'jsonl', key: 'no' }, schedule: null },
      { ...named, source: files, sink: { drop: '/out', connection: 'box', format: 'csv', key: 'no' }, schedule: null },
      { ...named, source: { kind: 'topic', topic: 'register.shops', from: 'beginning' }, sink: { post: 'rows', connection: 'web', key: 'no' }, schedule: null },
    ];
    for (const flow of flows) {
      const { code: _code, ...declared } = flow;
      expect(flowOf(typedFlowOf(flow))).toEqual(declared);
      expect(mayKeep(typedFlowOf(flow))).toBe(true);
    }
    expect(mayKeep({ ...typedFlowOf(flows[0] as AdapterFlow), validFrom: '' })).toBe(false);
    expect(mayKeep({ ...typedFlowOf(flows[6] as AdapterFlow), into: 'topic' })).toBe(false);
  });

  test('pairs have a name and a value, which may hold an equals sign', () => {
    expect(pairsOf('no = 编号\n\nx\n=y\nz=\nlink=a=b')).toEqual({ no: '编号', link: 'a=b' });
    expect(isWhole({ ...emptyStep, do: 'join', field: 'no', pairs: 'a=b' })).toBe(false);
  });
});
