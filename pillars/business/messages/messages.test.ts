import { afterAll, beforeAll, expect, test } from 'vitest';
import { directoryModule } from '@zhengwu/directory';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { mailPending } from './mailing.ts';
import { messagesModule } from './module.ts';
import { messageRow } from './rows.ts';
import { TEMPLATES, wordingOf } from './templates.ts';

const ANNA = '0190f7a0-0000-7000-8000-0000000000a1';
const BELA = '0190f7a0-0000-7000-8000-0000000000b1';
let site: TestSite;
const write = (rows: unknown[]) => site.database.as(site.database.system, (tx) => tx.query('select messages.write($1::jsonb)', [JSON.stringify(rows)]));
const row = (to: string, key: string) => messageRow({ to, template: 'received', params: { service: '补办', serviceEn: 'Replacement', number: '1' }, caseId: null, key, at: new Date() });

beforeAll(async () => {
  site = await createTestSite({ modules: [directoryModule, messagesModule] });
});
afterAll(() => site.drop());

test('every template is worded in both languages with the same placeholders', () => {
  const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => (name as string).replace(/En$/, '')).sort();
  for (const { title, body } of Object.values(TEMPLATES)) {
    expect(places(title.zh)).toEqual(places(title.en));
    expect(places(body.zh)).toEqual(places(body.en));
  }
  expect(wordingOf('received', { service: '补办', number: '7' }).body.zh).toContain('受理编号 7');
});

test('one key is one message, and only its recipient sees it', async () => {
  await write([row(ANNA, 'k1'), row(ANNA, 'k1'), row(BELA, 'k2')]);
  await write([row(ANNA, 'k1')]);
  const seen = (subjects: string[]) => site.database.as({ kind: 'citizen', scope: 'own', departments: [], subjects, clearance: 0 }, (tx) => tx.query('select key from messages.message'));
  expect((await seen([ANNA])).rows).toEqual([{ key: 'k1' }]);
  expect((await seen([])).rows).toEqual([]);
});

test('mail is sent once; a refused one is tried again', async () => {
  await write([row(ANNA, 'm1')]);
  const sent: string[] = [];
  let refuse = true;
  const mailing = {
    database: site.database, log: site.site.log, addressOf: (id: string) => Promise.resolve(id === ANNA ? 'anna@x.example' : null),
    mailer: { send: ({ to }: { to: string }) => (refuse ? Promise.reject(new Error('busy')) : Promise.resolve(void sent.push(to))) },
  };
  await mailPending(mailing);
  expect(sent).toEqual([]);
  refuse = false;
  await site.database.as(site.database.system, (tx) => tx.query('update messages.message set mail_claimed_until = null'));
  await mailPending(mailing);
  const first = sent.length;
  expect(first).toBeGreaterThan(0);
  await mailPending(mailing);
  expect(sent.length).toBe(first);
});
