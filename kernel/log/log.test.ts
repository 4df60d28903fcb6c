import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { createLog, maskText, redact, type Log } from './index.ts';

const recorded = (): { log: Log; lines: () => Record<string, unknown>[]; text: () => string } => {
  const parts: string[] = [];
  const log = createLog({ level: 'debug', name: 'test', destination: { write: (line: string) => parts.push(line) } });
  return { log, lines: () => parts.map((p) => JSON.parse(p) as Record<string, unknown>), text: () => parts.join('') };
};

describe('personal numbers (GB 11643) never reach the log', () => {
  const NUMBER = '990102199003072316';

  test('in messages, objects, nested arrays, keys, errors, causes and child bindings', () => {
    const { log, text } = recorded();
    log.info(`applicant ${NUMBER} came`);
    log.info({ a: { b: [NUMBER], [NUMBER]: 1 } }, `again ${NUMBER}`);
    log.error({ err: new Error(`bad ${NUMBER}`, { cause: { number: NUMBER } }) }, 'failed');
    log.error(new Error(`bare ${NUMBER}`));
    log.child({ subject: NUMBER }).warn('child');
    expect(text()).not.toContain(NUMBER);
    expect(text()).toContain('990***************');
  });

  test('for any date, check character and surrounding text', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.integer({ min: 100000, max: 999999 }), day, fc.integer({ min: 0, max: 999 }), fc.constantFrom(...'0123456789Xx'), fc.constantFrom('', ' ', '号:', '"', ','), (division, date, order, check, around) => {
        const number = `${division}${date.toISOString().slice(0, 10).replaceAll('-', '')}${String(order).padStart(3, '0')}${check}`;
        expect(maskText(`${around}${number}${around}`)).not.toContain(number.slice(3));
      }),
    );
  });

  test('mobile numbers are masked; ids, hashes and times are left alone', () => {
    expect(maskText('call 13912345678 now')).toBe('call 139****5678 now');
    const harmless = '019389ab-1234-7abc-8def-0123456789ab 1732265263000 2026-11-22T08:00:00Z 5f13912345678aa';
    expect(maskText(harmless)).toBe(harmless);
  });
});

describe('secrets never reach the log', () => {
  test.each(['password', 'newPassword', 'x-csrf-token', 'Authorization', 'set-cookie', 'client_secret', 'privateKey', 'x-zhengwu-portal', 'citizenNumber'])('key %s', (key) => {
    expect(JSON.stringify(redact({ [key]: 'hunter2' }))).not.toContain('hunter2');
  });

  test('credentials in addresses and headers', () => {
    expect(maskText('postgres://app:hunter2@db/x')).toBe('postgres://app:***@db/x');
    expect(maskText('GET /verify?a=1&token=hunter2&b=2')).toBe('GET /verify?a=1&token=***&b=2');
    expect(maskText('authorization: Bearer abcdefghijkl')).not.toContain('abcdefghijkl');
  });

  test('process tokens (a plural) stay readable', () => {
    expect(redact({ tokens: ['t1'] })).toEqual({ tokens: ['t1'] });
  });
});

describe('the line of an answered request', () => {
  const request = { requestId: '019389ab-1234-7abc-8def-0123456789ab', method: 'GET', operation: 'service.get', status: 200, ms: 0.4 };

  test('is the same JSON as any other line, with name and bindings', () => {
    const { log, lines } = recorded();
    log.child({ zone: 'a"b' }).answered(request);
    log.child({ zone: 'a"b' }).info(request, 'answered');
    log.answered({ ...request, status: 404, code: 'request.not-found' });
    const [quick, slow, failed] = lines();
    expect({ ...quick, time: '' }).toEqual({ ...slow, time: '' });
    expect(quick?.['time']).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
    expect(failed).toMatchObject({ name: 'test', status: 404, code: 'request.not-found' });
  });

  test('carries no personal number and cannot be broken out of by an id that a client chose', () => {
    const { log, lines, text } = recorded();
    log.answered({ ...request, requestId: '990102199003072316' });
    log.answered({ ...request, requestId: 'x","status":999,"y":"\n{}', operation: '/a/990102199003072316"' });
    expect(text()).not.toContain('990102199003072316');
    expect(lines().map((line) => line['status'])).toEqual([200, 200]);
  });

  test('is not written below its level', () => {
    const parts: string[] = [];
    createLog({ level: 'warn', destination: { write: (line: string) => parts.push(line) } }).answered(request);
    expect(parts).toEqual([]);
  });
});

test('a log to standard output opens', () => {
  expect(() => createLog({ level: 'silent' })).not.toThrow();
});

test('any value can be logged: circular, deep, huge, binary', () => {
  const circular: Record<string, unknown> = { big: 10n, bytes: new Uint8Array(9) };
  circular['self'] = circular;
  expect(redact(circular)).toEqual({ big: '10', bytes: '[9 bytes]', self: '[circular]' });
  fc.assert(fc.property(fc.anything(), (value) => void redact(value)), { numRuns: 200 });
});

test('lines carry time, level, name and the bindings of the child', () => {
  const { log, lines } = recorded();
  log.child({ requestId: 'r1' }).info({ ms: 3 }, 'done');
  log.trace('below the level');
  expect(lines()).toHaveLength(1);
  expect(lines()[0]).toMatchObject({ level: 30, name: 'test', requestId: 'r1', ms: 3, msg: 'done' });
  expect(lines()[0]?.['time']).toMatch(/^\d{4}-.*Z$/);
});
