import { describe, expect, expectTypeOf, test } from 'vitest';
import fc from 'fast-check';
import { common, declaredErrors, defineErrors, errorsAsMarkdown, isZhengwuError, toProblem } from './index.ts';

const fail = defineErrors({
  'sample.material-missing': { status: 422, zh: '缺少 {count} 份材料，草稿已保留，请补齐后提交。', en: '{count} materials are missing; your draft is kept; add them and submit.' },
  'sample.field-short': { status: 422, zh: '至少 {min} 个字。', en: 'At least {min} characters.' },
});

describe('declared errors', () => {
  test('become problem details in the reader’s language (RFC 9457 §3)', () => {
    const error = fail('sample.material-missing', { count: 2 });
    expect(toProblem(error, 'zh-CN', 'r1')).toEqual({
      type: '/api/problems/sample.material-missing',
      title: '有内容需要修改',
      status: 422,
      detail: '缺少 2 份材料，草稿已保留，请补齐后提交。',
      instance: 'r1',
      code: 'sample.material-missing',
    });
    expect(toProblem(error, 'en', 'r1').detail).toBe('2 materials are missing; your draft is kept; add them and submit.');
  });

  test('carry every field issue, worded by the issue, by its code, or by the code alone', () => {
    const problem = toProblem(
      common('request.invalid', {}, {
        issues: [
          { path: '/body/a', code: 'sample.field-short', params: { min: 3 } },
          { path: '/body/b', code: 'x.y', message: { zh: '自己的说法', en: 'Own words' } },
          { path: '/body/c', code: 'unknown.code' },
        ],
        extra: { step: 1 },
      }),
      'zh-CN',
      'r2',
    );
    expect(problem.issues).toEqual([
      { path: '/body/a', code: 'sample.field-short', message: '至少 3 个字。' },
      { path: '/body/b', code: 'x.y', message: '自己的说法' },
      { path: '/body/c', code: 'unknown.code', message: 'unknown.code' },
    ]);
    expect(problem.extra).toEqual({ step: 1 });
  });

  test('of an unexpected kind say nothing of their inside', () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), (thrown, secret) => {
        const error = typeof thrown === 'object' && thrown !== null ? thrown : new Error(`leak ${secret}x9f2`);
        const problem = toProblem(error, 'en', 'r3');
        expect(problem).toMatchObject({ status: 500, code: 'server.unexpected' });
        expect(JSON.stringify(problem)).not.toContain('x9f2');
      }),
    );
  });

  test('are told apart from other errors', () => {
    expect(isZhengwuError(common('access.denied'))).toBe(true);
    expect(isZhengwuError(new Error('x'))).toBe(false);
    expect(isZhengwuError(null)).toBe(false);
  });
});

describe('declaring', () => {
  test.each([
    ['a code without a noun', { gone: { status: 404, zh: '无', en: 'gone' } }, /noun\.what-happened/],
    ['a status that is no failure', { 'a.b': { status: 200, zh: '无', en: 'gone' } }, /status/],
    ['a missing language', { 'a.b': { status: 404, zh: ' ', en: 'gone' } }, /both languages/],
    ['different places', { 'a.b': { status: 404, zh: '{x}', en: '{y}' } }, /different places/],
    ['a code that means something else already', { 'access.denied': { status: 403, zh: '另', en: 'other' } }, /twice/],
  ])('refuses %s', (_, entries, reason) => {
    expect(() => defineErrors(entries)).toThrow(reason);
  });

  test('types the params that a message needs', () => {
    expectTypeOf(fail<'sample.field-short'>).parameter(1).toExtend<{ min: string | number }>();
    // @ts-expect-error the message has a place {min}
    expect(fail('sample.field-short').params).toEqual({});
  });
});

test('every common error says what was kept and what to do, in both languages', () => {
  for (const error of declaredErrors().filter((e) => !e.code.startsWith('sample.'))) {
    expect(error.zh, error.code).toMatch(/未作任何更改|没有|保留|尚未/);
    expect(error.zh, error.code).toMatch(/请.+。$/);
    expect(error.en, error.code).toMatch(/\.$/);
    expect(error.zh.length, error.code).toBeGreaterThan(15);
  }
  expect(errorsAsMarkdown()).toContain('| `access.denied` | 403 |');
});
