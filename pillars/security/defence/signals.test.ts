import { describe, expect, test } from 'vitest';
import { standIn, type Refusal } from '@zhengwu/http';
import { openBlocks } from './blocks.ts';
import { observation } from './observation.ts';
import { openQueue } from './queue.ts';
import { targetsOf } from './responding.ts';
import { fromRecord, fromRefusal, watchedEvents, withoutNumbers } from './signals.ts';
import type { RecordRow } from './store.ts';

const person = '0192f0c0-0000-7000-8000-000000000021';
const account = '0192f0c0-0000-7000-8000-000000000001';
const record = (known: Partial<RecordRow>): RecordRow => ({
  id: account, at: new Date(0), until: '', account, person: account, address: '::ffff:192.0.2.1', request: 'r', event: 'x.y', subject: 'case-1/material-2', detail: {}, ...known,
});
const refusal = (known: Partial<Refusal>): Refusal => ({ operation: '', path: '/x', status: 404, code: 'request.not-found', address: '203.0.113.1', actor: null, requestId: 'r', params: undefined, ...known });

describe('what becomes an observation', () => {
  test('the policies say it: reads of personal data and exports of any module', () => {
    const watched = watchedEvents({
      'case.open': { who: 'official', audit: 'case.read', personal: true }, 'list.export': { who: 'official', audit: 'list.exported', personal: true },
      'case.accept': { who: 'official', audit: 'case.accepted' }, 'list.count': { who: 'official', audit: null },
    });
    expect(['case.read', 'list.exported', 'case.accepted', 'access.denied', 'access.granted'].map((event) => watched.get(event))).toEqual(['read', 'export', undefined, 'denied', 'rights']);
  });

  test('pages of one file are one file; rights are about whoever received them', () => {
    expect(fromRecord(record({}), 'read')).toMatchObject({ subject: 'case-1', person: account, address: '192.0.2.1' });
    expect(fromRecord(record({ event: 'directory.postsAssigned', subject: person }), 'rights')).toMatchObject({ person, account });
    expect(fromRecord(record({ event: 'access.granted', subject: account, detail: { person } }), 'rights').person).toBe(person);
    expect(fromRecord(record({ event: 'delegation.created', subject: account, detail: { to: person } }), 'rights').person).toBe(person);
  });

  test('numbers of people in paths and ids are hidden', () => {
    expect([withoutNumbers('/find/510105199001011234'), withoutNumbers(person), withoutNumbers('case-12345')]).toEqual(['/find/*', person, 'case-12345']);
    expect(fromRefusal(refusal({ path: '/find/510105199001011234' }), 0)[0]?.subject).toBe('/find/*');
  });

  test('an id that is not there, a path that is not there and a refused attack are different things; a plain mistake is none', () => {
    expect(fromRefusal(refusal({ operation: 'case.view', params: { id: 'c1' } }), 0)).toEqual([expect.objectContaining({ kind: 'absent', subject: 'c1' })]);
    expect(fromRefusal(refusal({ path: '/..%2f..%2fetc/passwd' }), 0).map(({ kind }) => kind)).toEqual(['probe', 'injection']);
    expect(fromRefusal(refusal({ operation: 'a.b', status: 422, input: { params: {}, query: {}, body: { name: '王小云' } } }), 0)).toEqual([]);
    expect(fromRefusal(refusal({ operation: 'a.b', status: 422, input: { params: {}, query: {}, body: { name: '<script>' } }, actor: { ...standIn({ id: 'r', ip: 'x' }), accountId: account } }), 0)).toEqual([expect.objectContaining({ kind: 'injection', account })]);
    expect(fromRefusal(refusal({ status: 503 }), 0)).toEqual([]);
  });
});

describe('the queue', () => {
  const one = (address: string) => observation({ at: 0, kind: 'probe', address });
  test('a flood from one caller takes no more than its share, and what is let go is counted', () => {
    const queue = openQueue(5, 2);
    for (let n = 0; n < 10; n++) queue.add(one('a'));
    for (const address of ['b', 'c', 'd', 'e']) queue.add(one(address));
    expect([queue.size(), queue.dropped(), queue.dropped()]).toEqual([5, 1, 0]);
    expect(queue.take(2).map(({ address }) => address)).toEqual(['a', 'a']);
    queue.giveBack([one('z')]);
    expect(queue.take(9).map(({ address }) => address)).toEqual(['z', 'b', 'c', 'd']);
  });
});

describe('whom a response meets', () => {
  const blocks = openBlocks(['198.51.100.9']);
  const evidence = [
    { ...observation({ at: 0, kind: 'refused', address: '203.0.113.1', account: person }), seq: 1 },
    { ...observation({ at: 0, kind: 'refused', address: '127.0.0.1' }), seq: 2 },
    { ...observation({ at: 0, kind: 'probe', address: '198.51.100.9' }), seq: 3 },
    { ...observation({ at: 0, kind: 'rights', address: '192.0.2.1', account: '0192f0c0-0000-7000-8000-00000000aaaa', session: account }), seq: 4 },
    { ...observation({ at: 0, kind: 'export', address: '192.0.2.2', account, session: account }), seq: 5 },
  ];
  test('strangers’ addresses but never our own; accounts that acted, not those that were tried, nor who changed the rights', () => {
    expect(targetsOf('block', { evidence }, blocks)).toEqual(['203.0.113.1']);
    expect(targetsOf('lock', { evidence }, blocks)).toEqual([account]);
  });

  test('a block ends by itself; this machine and proxies are answered even when a block names them', () => {
    let now = 0;
    const held = openBlocks(['198.51.100.9'], () => now);
    held.replace(['203.0.113.1', '127.0.0.1', '198.51.100.9'].map((target) => ({ target, until: new Date(5000) })));
    expect(['203.0.113.1', '::ffff:203.0.113.1', '127.0.0.1', '198.51.100.9', '203.0.113.2'].map(held.secondsLeft)).toEqual([5, 5, 0, 0, 0]);
    now = 5000;
    expect(held.secondsLeft('203.0.113.1')).toBe(0);
  });
});
