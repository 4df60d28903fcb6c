import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { checkPackDirectory } from '@zhengwu/services';
import { packFolders } from './packs.ts';
import { key, openCity, PNG, type TestCity } from './test/city.ts';
import { decide, picture, taskFor, until } from './test/people.ts';

const document = (name: string): Promise<string> => readFile(join(import.meta.dirname, '../../docs', name), 'utf8');

/** The files that a tutorial has its reader write: fenced blocks marked `file=…`. */
const filesIn = (markdown: string): Map<string, string> =>
  new Map([...markdown.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm)].map(([, name = '', text = '']) => [name, text]));

let folder: string;
let city: TestCity;
let tutorial: string;
const service = 'senior-pass';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-tutorial-'));
  tutorial = await document('tutorial-pack.md');
  for (const [name, text] of filesIn(tutorial)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  city = await openCity(undefined, [...packFolders(), folder]);
}, 120_000);
afterAll(async () => {
  await city?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('tutorial: a fourth service', () => {
  test('both languages have the same five files', async () => {
    expect([...filesIn(tutorial).keys()].sort()).toEqual(['card.ts', 'decisions/senior-pass.dmn', 'listing.ts', 'pack.ts', 'processes/senior-pass.bpmn']);
    expect(filesIn(await document('tutorial-pack.zh-CN.md'))).toEqual(filesIn(tutorial));
  });

  test('its pack is in order, and the mistake it suggests is found', async () => {
    expect((await checkPackDirectory(folder)).findings).toEqual([]);
    const listing = join(folder, 'listing.ts');
    const text = await readFile(listing, 'utf8');
    const [, right = '', wrong = ''] = /change `([^`]+)` to `([^`]+)`/.exec(tutorial) ?? [];
    expect(text).toContain(right);
    await writeFile(listing, text.replace(right, wrong));
    const { findings } = await checkPackDirectory(folder);
    await writeFile(listing, text);
    expect(findings.map((one) => one.rule)).toEqual(['listing.promised-within-statutory']);
    expect(tutorial).toContain(findings[0]?.en);
  });

  test('a citizen of 76 applies step by step, one official decides, and anyone can verify the pass', async () => {
    const citizen = await city.citizen('citizen06');
    expect((await citizen.call(api.listServices, { query: { q: '优待证' } })).items.map((one) => one.code)).toContain(service);
    const draft = await citizen.call(api.createDraft, { body: { service } });
    const first = await citizen.call(api.getDraftStep, { params: { id: draft.id, step: 'about-you' } });
    expect(first.values['name']).toBe('顾兰芳');
    await citizen.call(api.saveDraftStep, { params: { id: draft.id, step: 'about-you' }, body: { values: {} } });
    await citizen.call(api.saveDraftStep, { params: { id: draft.id, step: 'contact' }, body: { values: { phone: '12500000006' } } });
    const grant = await citizen.call(api.grantUpload, { body: { owner: 'draft', ownerId: draft.id, material: 'portrait-photo', name: 'me.png', type: 'image/png' } });
    expect((await city.upload(grant, PNG)).status).toBe(200);
    const { caseId } = await citizen.call(api.submitDraft, { params: { id: draft.id }, body: { declaration: true }, idempotencyKey: draft.submissionKey });
    await decide(city, 'health01', caseId, 'accept');
    const closed = await until(() => citizen.call(api.myCase, { params: { id: caseId } }), (one) => one.licences.length > 0 && one.todo === 'rate');
    const { jws } = await citizen.call(api.myLicence, { params: { id: closed.licences[0]?.id ?? '' } });
    expect(await api.createClient({ origin: city.origin }).call(api.verifyJws, { body: { jws } })).toMatchObject({ found: true, signature: 'valid', status: 'valid' });
  }, 60_000);

  test('a citizen of 29 is found to be too young by the register, and refused with the reason', async () => {
    const citizen = await city.citizen('citizen01');
    const materials = [await picture(city, citizen, service, 'portrait-photo')];
    const { caseId } = await citizen.call(api.submitCase, { body: { service, values: { phone: '12500000001' }, materials }, idempotencyKey: key() });
    const { official, task, detail } = await taskFor(city, 'health01', caseId, 'decide');
    expect(detail.facts).toContainEqual(expect.objectContaining({ severity: 'block', text: { zh: '人口库登记的年龄不满六十周岁', en: 'Under sixty by the population register' } }));
    await official.call(api.completeTask, { params: { id: task.id }, body: { version: task.version, outcome: 'refuseAcceptance', reasonCode: 'under-age', opinion: '未满六十周岁' }, idempotencyKey: key() });
    const ended = await citizen.call(api.myCase, { params: { id: caseId } });
    expect(ended.licences).toEqual([]);
    expect(ended.state).toBe(api.caseState.acceptanceRefused);
  });
});
