import { createHash } from 'node:crypto';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { key, openCity, PNG, type TestCity } from './test/city.ts';
import { applyForCard, decide, pay, until } from './test/people.ts';

let city: TestCity;
let citizen: Awaited<ReturnType<TestCity['citizen']>>;
let id: string;
beforeAll(async () => {
  city = await openCity();
  citizen = await city.citizen('citizen01');
  id = await applyForCard(city, citizen);
}, 120_000);
afterAll(() => city.close());

const bytes = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());
const textOf = async (pdf: Buffer): Promise<string> => {
  const page = await (await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise).getPage(1);
  return (await page.getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join('');
};
const recordsOf = async (trace: string) => (await (await city.official('audit')).call(api.searchAudit, { query: { trace } })).items;
const material = async (official: api.Client, of = id) => (await official.call(api.openCase, { params: { id: of } })).materials.find((one) => one.fileName) as { id: string };

test('an official gets a picture as a marked copy; its number leads to who looked; the original stays as it was', async () => {
  const clerk = await city.official('window01');
  const { id: of } = await material(clerk);
  const path = api.addressOf(api.caseMaterialFile, { id, material: of });
  const first = await clerk.send('GET', path);
  const trace = first.headers.get('x-zhengwu-marked-copy') ?? '';
  expect(first.status).toBe(200);
  expect(first.headers.get('cache-control')).toBe('private, no-store');
  const copy = await bytes(first);
  expect(copy.equals(PNG)).toBe(false);
  expect(copy.subarray(1, 4).toString()).toBe('PNG');
  expect((await clerk.send('GET', path)).headers.get('x-zhengwu-marked-copy')).not.toBe(trace);
  const records = await recordsOf(trace);
  expect(records).toMatchObject([{ event: 'case.materialRead', subject: id, name: city.demo.organisation.people.find(({ account }) => account === 'window01')?.name, detail: { trace } }]);
  const { rows } = await city.site.database.as(city.site.database.system, (tx) => tx.query<{ file_hash: string }>('select file_hash from cases.material where id = $1', [of]));
  const hash = createHash('sha256').update(PNG).digest('hex');
  expect(rows[0]?.file_hash).toBe(hash);
  expect((await city.site.site.files.read(hash)).equals(PNG)).toBe(true);
});

test('a broken file is refused, and nothing unmarked is offered instead', async () => {
  const broken = Buffer.concat([PNG.subarray(0, 33), Buffer.from('this is no picture any more')]);
  const service = 'identity-card-replacement';
  const grant = await citizen.call(api.grantUpload, { body: { owner: 'intake', service, material: 'portrait-photo', name: 'picture.png', type: 'image/png' } });
  expect((await city.upload(grant, broken)).status).toBe(200);
  const values = { reason: 'lost', lostOn: '2026-11-20', lossDeclared: true, phone: '12500000001', delivery: 'window' };
  const { caseId } = await citizen.call(api.submitCase, { body: { service, values, materials: [{ material: 'portrait-photo', upload: grant.id }] }, idempotencyKey: key() });
  const clerk = await city.official('window01');
  const answer = await clerk.send('GET', api.addressOf(api.caseMaterialFile, { id: caseId, material: (await material(clerk, caseId)).id }));
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ code: 'file.not-markable' });
});

test('a licence: the holder’s own PDF is the same byte for byte, an official’s is a marked copy, a notice carries one line', async () => {
  await decide(city, 'window01', id, 'accept');
  const clerk = await city.official('window01');
  const notice = await clerk.send('GET', api.addressOf(api.caseNotice, { id, kind: 'acceptance' }));
  expect(notice.status).toBe(200);
  expect((await textOf(await bytes(notice))).split(notice.headers.get('x-zhengwu-marked-copy') ?? '-')).toHaveLength(2);
  await decide(city, 'reviewer01', id, 'pass');
  await decide(city, 'approver01', id, 'approve');
  await pay(city, citizen, id);
  const closed = await until(() => citizen.call(api.myCase, { params: { id } }), (one) => one.state === 11);
  const licence = closed.licences[0]?.id ?? '';
  const mine = () => citizen.send('GET', api.addressOf(api.licencePdf, { id: licence })).then(bytes);
  const before = await mine();
  const approver = await city.official('approver01');
  const answer = await approver.send('GET', api.addressOf(api.officialLicencePdf, { id: licence }));
  const trace = answer.headers.get('x-zhengwu-marked-copy') ?? '';
  const text = await textOf(await bytes(answer));
  for (const word of [trace, city.demo.organisation.people.find(({ account }) => account === 'approver01')?.name ?? '-', '查看副本']) expect(text).toContain(word);
  expect(await recordsOf(trace)).toMatchObject([{ event: 'licence.printed', subject: licence }]);
  expect((await mine()).equals(before)).toBe(true);
  expect(await textOf(before)).not.toContain('查看副本');
}, 60_000);
