import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import fc from 'fast-check';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBuckets, openIntake, type Intake, type ReceivedLine } from './intake.ts';
import { grownBy, ratesOf, type Counters } from './links.ts';
import { monitoringModule } from './module.ts';
import { counterOf } from './snmp.ts';
import { findLines, forgetLines, insertLines } from './store-lines.ts';
import { LONGEST, openFramer, parseSyslog } from './syslog.ts';

describe('syslog lines', () => {
  test('RFC 5424 §6.5 example 1: a message without structured data', () => {
    expect(parseSyslog(`<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \ufeff'su root' failed for lonvick on /dev/pts/8`)).toEqual({
      facility: 4, severity: 2, sentAt: new Date('2003-10-11T22:14:15.003Z'), host: 'mymachine.example.com', app: 'su', process: null, message: `'su root' failed for lonvick on /dev/pts/8`,
    });
  });
  test('RFC 5424 §6.3: brackets and quotes inside structured data do not end it', () => {
    expect(parseSyslog(`<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - [a@1 x="]\\"]" y="2"][b@2 z="3"] 门禁 message`)).toMatchObject({ facility: 20, severity: 5, host: '192.0.2.1', app: 'myproc', process: '8710', message: '门禁 message', sentAt: new Date('2003-08-24T12:14:15.000Z') });
  });
  test('RFC 3164 §5.4: tag and process are read, the time without year and zone is not kept', () => {
    expect(parseSyslog(`<34>Oct 11 22:14:15 mymachine su[230]: 'su root' failed`)).toEqual({ facility: 4, severity: 2, sentAt: null, host: 'mymachine', app: 'su', process: '230', message: `'su root' failed` });
  });
  test('RFC 3164 §4.3.3: what has no readable priority is user-level notice', () => {
    for (const raw of ['no priority', '<999>beyond', '<>empty']) expect(parseSyslog(raw)).toMatchObject({ facility: 1, severity: 5, message: raw });
  });
  test('whatever arrives, reading never throws and stays in bounds', () => {
    const piece = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('<34>1 ', '<13>', '- ', '[a b="', '"]', '\\', 'Oct 11 22:14:15 h ', 'su[1]: ', '2003-13-45T99:99:99Z '));
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const line = parseSyslog(pieces.join(''));
      return line.severity >= 0 && line.severity <= 7 && line.facility <= 23 && line.message.length <= LONGEST && !line.message.includes('\u0000');
    }), { numRuns: 1000 });
  });
});

describe('frames (RFC 6587)', () => {
  test('counted and line-fed frames come whole, however the stream is cut', () => {
    const given = ['<13>1 - h a - - - 一', '<13>two words', 'x'.repeat(3000)];
    const counted = Buffer.concat(given.map((line) => Buffer.concat([Buffer.from(`${Buffer.byteLength(line)} `), Buffer.from(line)])));
    const fed = Buffer.from(`${given.join('\n')}\n`);
    fc.assert(fc.property(fc.constantFrom(counted, fed), fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 40 }), (stream, cuts) => {
      const [framer, lines] = [openFramer(), [] as string[]];
      let at = 0;
      for (const cut of [...cuts, stream.length]) {
        lines.push(...framer.take(stream.subarray(at, at + cut)));
        at += cut;
      }
      expect(lines).toEqual(given);
    }));
  });
  test('a frame that is too long is cut, the next one is read', () => {
    const framer = openFramer();
    expect(framer.take(Buffer.from(`20000 ${'y'.repeat(20_000)}5 after`)).map((line) => line.length)).toEqual([LONGEST, 5]);
    const fed = [...openFramer().take(Buffer.from(`${'z'.repeat(20_000)}\nafter\n`))];
    expect(fed.map((line) => line.length)).toEqual([LONGEST, 5]);
  });
  test('any bytes at all never throw and never hold more than a frame', () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (chunks) => {
      const framer = openFramer();
      for (const chunk of chunks) for (const line of framer.take(Buffer.from(chunk))) parseSyslog(line);
      return true;
    }));
  });
});

describe('intake', () => {
  let intake: Intake;
  let isDown = false;
  const kept: ReceivedLine[] = [];
  beforeAll(async () => {
    intake = await openIntake({ host: '127.0.0.1', port: 0, log: { warn: () => undefined }, write: async (lines) => {
      if (isDown) throw new Error('down');
      kept.push(...lines);
    } });
  });
  afterAll(() => intake.close());
  const until = (ready: () => boolean) => expect.poll(ready, { timeout: 4000, interval: 20 }).toBe(true);

  test('UDP and TCP on one port; personal numbers are masked; nothing is lost while the database is away', async () => {
    isDown = true;
    const udp = createSocket('udp4');
    udp.send('<13>Oct 11 22:14:15 gate door: opened for 13912345678', intake.port, '127.0.0.1');
    const tcp = connect(intake.port, '127.0.0.1');
    tcp.write('14 <13>one by one<13>two\n');
    await until(() => intake.received === 3);
    isDown = false;
    await until(() => kept.length === 3);
    udp.close();
    tcp.destroy();
    expect(kept.map(({ transport, message }) => [transport, message])).toEqual(expect.arrayContaining([['udp', 'opened for 139****5678'], ['tcp', 'one by one'], ['tcp', 'two']]));
  });
  test('an address that sends too fast is held to its rate, others are not', () => {
    const mayCome = openBuckets(10, 5, 3);
    expect(Array.from({ length: 7 }, () => mayCome('a', 0))).toEqual([true, true, true, true, true, false, false]);
    expect([mayCome('b', 0), mayCome('a', 100), mayCome('a', 100)]).toEqual([true, true, false]);
  });
});

describe('kept lines', () => {
  let site: TestSite;
  beforeAll(async () => { site = await createTestSite({ modules: [monitoringModule] }); });
  afterAll(() => site.drop());
  const line = (message: string, change: Partial<ReceivedLine> = {}): ReceivedLine => ({ ...parseSyslog(message), at: new Date(), source: '10.0.0.1', transport: 'udp', ...change });

  test('are found by text, host and severity, and end by age, six months at least (GB/T 22239-2019 8.1.5.4)', async () => {
    const system = <T>(work: Parameters<typeof site.database.as<T>>[1]) => site.database.as(site.database.system, work);
    await system((tx) => insertLines(tx, [line('<11>Oct 11 22:14:15 gw kernel: Link Down'), line('<14>Oct 11 22:14:15 db cron: 50% done'), line('<14>old', { at: new Date(Date.now() - 184 * 86_400_000) })]));
    const found = async (query: Parameters<typeof findLines>[1]) => (await system((tx) => findLines(tx, query, 10))).map(({ message }) => message);
    expect(await found({})).toEqual(['old', '50% done', 'Link Down']);
    expect(await found({ text: 'link' })).toEqual(['Link Down']);
    expect(await found({ text: '%' })).toEqual(['50% done']);
    expect(await found({ severity: 4 })).toEqual(['Link Down']);
    expect(await found({ host: 'db' })).toEqual(['50% done']);
    await system((tx) => forgetLines(tx, 183));
    expect(await found({})).toEqual(['50% done', 'Link Down']);
  });
});

describe('links', () => {
  const counters = (change: Partial<Counters> = {}): Counters => ({ isWide: false, inOctets: 0, outOctets: 0, packets: 0, errors: 0, discards: 0, ...change });
  const link = (now: Counters) => ({ index: 1, name: 'eth0', speedMbit: 100, isUp: true, counters: now });
  test('utilisation is bits a second by speed; errors a minute; loss is discarded of all', () => {
    const rates = ratesOf(counters(), link(counters({ inOctets: 62_500_000, outOctets: 12_500_000, packets: 990, errors: 5, discards: 10 })), 10);
    expect(rates).toEqual({ inShare: 0.5, outShare: 0.1, errors: 30, loss: 0.01 });
  });
  test('a 32-bit counter begins anew after 2^32 (RFC 2578 §7.1.6), a 64-bit one does not', () => {
    expect([grownBy(2 ** 32 - 10, 5, false), grownBy(2 ** 40, 5, true), grownBy(5, 15, true)]).toEqual([15, null, 10]);
  });
  test('two polls are needed; a device that began anew gives none', () => {
    expect(ratesOf(undefined, link(counters()), 10).inShare).toBeNull();
    expect(ratesOf(counters({ packets: 10 }), link(counters({ packets: 3 })), 10)).toMatchObject({ errors: null, loss: null });
  });
  test('64-bit counters arrive as bytes', () => {
    expect([counterOf(Buffer.from('0100000000', 'hex')), counterOf(7), counterOf(Buffer.alloc(0)), counterOf(undefined)]).toEqual([2 ** 32, 7, 0, 0]);
  });
});
