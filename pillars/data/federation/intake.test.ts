import { expect, test } from 'vitest';
import type { Intake } from '@zhengwu/pack';
import { changeOf } from './intake.ts';

const same = (...names: string[]) => names.map((name) => ({ to: name, from: name }));
const intake = (code: string, from: string, to: string, parts: Intake['parts']): Intake => ({ code, name: { zh: '接收', en: 'Intake' }, topic: `register.${from}`, register: to, key: 'uscc', parts });

test('an intake makes only the change that something differs by', () => {
  const change = (record: Record<string, unknown>) => ({ key: 'k', validFrom: '2026-02-03', record });
  const parts: Intake['parts'] = [...same('uscc'), { to: 'state', from: 'status', codes: { 存续: 'active' } }, { to: 'on', validFrom: true, first: true }];
  const one = intake('x', 'a', 'b', parts);
  expect(changeOf(one, change({ uscc: 'k', status: '存续' }), null, 'exchange:1')).toEqual({ register: 'b', key: 'k', data: { uscc: 'k', state: 'active', on: '2026-02-03' }, validFrom: '2026-02-03', cause: 'exchange:1' });
  expect(changeOf(one, change({ uscc: 'k', status: '存续' }), { uscc: 'k', state: 'active', on: '2020-01-01' }, 'c')).toBeNull();
  expect(changeOf(one, change({ uscc: 'k', status: '注销' }), { uscc: 'k', state: 'active', on: '2020-01-01' }, 'c')?.data).toEqual({ state: '注销' });
  expect(changeOf({ ...one, knownOnly: true }, change({ uscc: 'k' }), null, 'c')).toBeNull();
  expect(() => changeOf(one, change({}), null, 'c')).toThrowError(expect.objectContaining({ code: 'federation.key-missing' }));
});
