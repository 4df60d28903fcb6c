import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson, checkPack, evaluatePack, packHash, type PackData, type PackEngines } from './index.ts';

const example = join(import.meta.dirname, 'example');
/** Engines that find nothing wrong, so that each test sees the pack's own rules only. */
const engines: PackEngines = {
  compileProcess: () => Promise.resolve({ issues: [] }),
  compileDecisions: (xml) => Promise.resolve({
    issues: [], names: [...xml.matchAll(/<decision id="(\w+)"/g)].map((found) => found[1] ?? ''),
    evaluate: () => ({ value: pack.examples[0]?.output, warnings: [] }),
  }),
  feelError: (expression) => (expression.includes('((') ? 'unbalanced' : null),
  isIdentifier: (_, value) => !value.startsWith('0'),
};
let pack: PackData;
beforeAll(async () => {
  const { data, findings } = await evaluatePack(example);
  expect(findings).toEqual([]);
  pack = data as PackData;
});

/** The rules that a changed copy of the example breaks. */
const rulesOf = async (change: (copy: PackData) => unknown): Promise<string[]> => {
  const copy = structuredClone(pack);
  change(copy);
  return [...new Set((await checkPack(copy, engines)).map((one) => one.rule))].sort();
};
type Service = PackData['services'][number];
const service = (copy: PackData): Service => copy.services[0] as Service;
const licensing = (copy: PackData): Service['listing'] => {
  const { listing } = service(copy);
  listing.itemType = '01';
  listing.faq = [{ question: { zh: '问', en: 'Q' }, answer: { zh: '答', en: 'A' } }];
  listing.flow = (['accept', 'review', 'approve', 'close', 'deliver'] as const).map((stage) => ({ ...(listing.flow[0] as Service['listing']['flow'][number]), stage }));
  return listing;
};

test('the example keeps every rule', async () => expect(await checkPack(pack, engines)).toEqual([]));

describe('rules of the national audit (GB/T 39046, C0109)', () => {
  test.each<[string, (copy: PackData) => unknown]>([
    ['listing.immediate-kind', (copy) => (service(copy).listing.promised.days = 0)],
    ['listing.immediate-kind', (copy) => (service(copy).listing.caseKind = '1')],
    ['listing.grade-four-visits listing.visits-reason', (copy) => (service(copy).listing.visits = { count: 1 })],
    ['listing.fee-complete', (copy) => (service(copy).listing.fees = { charged: true, items: [] })],
    ['listing.no-fee-payment', (copy) => (service(copy).listing.fees.payOnline = true)],
    ['listing.phones-differ', (copy) => (service(copy).listing.complaint.phone = '0990-1200801')],
    ['listing.phone-area-code', (copy) => (service(copy).listing.complaint.phone = '1200809')],
    ['listing.audience-topic', (copy) => (service(copy).listing.personTopics = [])],
    ['listing.audience-topic', (copy) => service(copy).listing.companyTopics.push('010')],
    ['listing.result-sample', (copy) => delete service(copy).listing.results[0]?.sample],
    ['listing.promised-within-statutory', (copy) => (service(copy).listing.promised.days = 6)],
    ['listing.implementation-code', (copy) => (service(copy).listing.implementationCode = service(copy).listing.implementationCode.replace('3002', '4002'))],
    ['listing.online-form', (copy) => (service(copy).listing.handlingForms = ['1'])],
    ['listing.licence-faq', (copy) => (licensing(copy).faq = [])],
    ['listing.licence-stages', (copy) => licensing(copy).flow.pop()],
    ['listing.licence-stages', (copy) => licensing(copy).flow.reverse()],
    ['listing.statutory-limit', (copy) => (licensing(copy).statutory.days = 21)],
  ])('%s', async (rules, change) => expect(await rulesOf(change)).toEqual(rules.split(' ')));

  test('no visits and not online needs application by post', async () => {
    const change = (copy: PackData): void => {
      const { listing } = service(copy);
      Object.assign(listing, { online: false, handlingForms: ['4'], onlineDepths: [] });
    };
    expect(await rulesOf(change)).toEqual(['listing.no-visit-offline']);
  });

  test('a limit in calendar days is compared with one in working days', async () => {
    expect(await rulesOf((copy) => (service(copy).listing.promised = { days: 7, unit: 'calendar' }))).toEqual([]);
    expect(await rulesOf((copy) => (service(copy).listing.promised = { days: 8, unit: 'calendar' }))).toEqual(['listing.promised-within-statutory']);
  });

  test('a whole licence with its stages and an FAQ passes', async () => expect(await rulesOf(licensing)).toEqual([]));
});

test('a pack of registers alone is one too; one of nothing is none', async () => {
  const bare = { services: [], licences: [], lifeEvents: [], processes: [], decisions: [], examples: [], fixtures: [], usesRegisters: [], usesLicences: [] };
  const register = { code: 'trees', name: { zh: '树木', en: 'Trees' }, schema: { type: 'object', properties: { number: { type: 'string' } } }, key: 'number', fields: [{ key: 'number', label: { zh: '编号', en: 'Number' }, class: 'public' as const }], subject: 'none' as const, keeper: pack.departments[0]?.code ?? '', sharing: { class: '1' as const } };
  expect(await rulesOf((copy) => Object.assign(copy, bare, { registers: [register] }))).toEqual([]);
  expect(await rulesOf((copy) => Object.assign(copy, bare, { registers: [] }))).toEqual(['pack.empty']);
});

describe('what the parts say of each other', () => {
  const xml = (copy: PackData, from: string, to: string): void => {
    const process = copy.processes[0] as PackData['processes'][number];
    expect(process.xml).toContain(from);
    process.xml = process.xml.replace(from, to);
  };
  test.each<[string, (copy: PackData) => unknown]>([
    ['reference.exists', (copy) => (service(copy).process = 'nowhere')],
    ['reference.exists', (copy) => (service(copy).listing.body.department = 'YC-XX')],
    ['identifier.valid', (copy) => copy.licences.forEach((one) => (one.issuer.uscc = '019901000000000000'))],
    ['decision.exists', (copy) => (service(copy).preCheck.decision = 'other')],
    ['form.layout', (copy) => service(copy).form[0]?.layout.pop()],
    ['form.options', (copy) => service(copy).form[0]?.layout[1]?.options?.pop()],
    ['form.unique', (copy) => service(copy).form.push({ ...(service(copy).form[0] as Service['form'][number]), id: 'again' })],
    ['form.closed', (copy) => Reflect.deleteProperty(service(copy).form[0]?.schema as object, 'additionalProperties')],
    ['feel.names', (copy) => Object.assign(service(copy).form[0]?.layout[2] ?? {}, { showWhen: 'brunch = "east"' })],
    ['feel.names', (copy) => (service(copy).subject = 'application.title')],
    ['feel.parses', (copy) => (service(copy).subject = '((')],
    ['licence.template', (copy) => copy.licences[0]?.template.rows.push('colour')],
    ['process.task', (copy) => xml(copy, 'zhengwu:stage="accept"', 'zhengwu:stage="think"')],
    ['process.task', (copy) => xml(copy, 'zhengwu:department="YC-WL"', 'zhengwu:department="YC-XX"')],
    ['process.task', (copy) => xml(copy, 'accept,refuseAcceptance', 'accept,shrug')],
    ['process.operation', (copy) => xml(copy, 'zhengwu:operation="licences.issue"', 'zhengwu:operation="licences.forge"')],
    ['process.closes', (copy) => xml(copy, 'zhengwu:operation="cases.accept"', 'zhengwu:operation="cases.deliver"')],
    ['process.licence', (copy) => xml(copy, 'branch: application.branch', 'town: application.branch')],
    ['feel.names', (copy) => xml(copy, 'application.branch', 'application.twig')],
    ['process.names', (copy) => delete copy.processes[0]?.names.accept],
    ['intake.register', (copy) => (copy.intakes = [{ code: 'in', name: { zh: '接收', en: 'In' }, topic: 'register.x', register: 'nowhere', key: 'a', parts: [{ to: 'a', from: 'a' }] }])],
    ['pack.shape', (copy) => Object.assign(copy, { surprise: 1 })],
    ['pack.shape', (copy) => Object.assign(service(copy).listing, { itemType: '99' })],
  ])('%s', async (rule, change) => expect(await rulesOf(change)).toEqual([rule]));

  test('every finding names file, path, rule and remedy in both languages', async () => {
    const copy = structuredClone(pack);
    service(copy).listing.visits = { count: 1 };
    for (const one of await checkPack(copy, engines)) {
      expect(one).toMatchObject({ file: 'pack.ts', path: expect.stringContaining('/services/0/listing/visits'), remedy: { zh: expect.any(String), en: expect.any(String) } });
      expect(one.zh).not.toContain('{detail}');
    }
  });
});

describe('evaluation', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pack-'));
    await cp(example, folder, { recursive: true });
  });
  afterAll(() => rm(folder, { recursive: true }));
  const saying = async (source: string, limits = {}): Promise<string> => {
    await writeFile(join(folder, 'pack.ts'), source);
    const { findings, data } = await evaluatePack(folder, limits);
    return findings[0]?.en ?? JSON.stringify(data);
  };

  test('of a folder outside the repository gives the same hash', async () => {
    expect((await evaluatePack(folder)).hash).toBe((await evaluatePack(example)).hash);
  });

  test('canonical JSON does not depend on the order of keys', () => {
    expect(canonicalJson({ b: 1, a: [{ d: 1, c: undefined }] })).toBe('{"a":[{"d":1}],"b":1}');
    expect(packHash({ a: 1, b: 2 })).toBe(packHash({ b: 2, a: 1 }));
  });

  test.each([
    ['built-in modules', "import { readFileSync } from 'node:fs'; export default { x: readFileSync('/etc/passwd', 'utf8') };", /may import its own files/],
    ['bare built-ins', "import fs from 'fs'; export default { x: fs };", /may import its own files/],
    ['other packages', "import pg from 'pg'; export default { pg };", /may import its own files/],
    ['files above its folder', "import x from '../other.ts'; export default { x };", /permission|restricted|Access|Cannot find/i],
    ['the process and the network', 'export default { p: typeof process, f: typeof fetch };', /"f":"undefined","p":"undefined"|"p":"undefined","f":"undefined"/],
    ['errors', "throw new Error('boom'); export default {};", /boom/],
    ['nothing', 'export const x = 1;', /no default export/],
  ])('reaches no %s', async (_, source, answer) => expect(await saying(source)).toMatch(answer));

  test('ends an endless loop and runs out of memory alone', async () => {
    expect(await saying('for (;;);', { time: 1500 })).toMatch(/time limit/);
    expect(await saying('const a = []; for (;;) a.push(new Array(1e5).fill(1)); export default a;', { memory: 32, time: 9000 })).toMatch(/memory limit|time limit/);
  });

  test('names a model that is missing or outside the folder', async () => {
    const source = await readFile(join(example, 'pack.ts'), 'utf8');
    expect(await saying(source.replace('processes/library-card.bpmn', 'processes/gone.bpmn'))).toMatch(/missing or cannot be read: processes\/gone.bpmn/);
    expect(await saying(source.replace('processes/library-card.bpmn', '../../../etc/passwd'))).toMatch(/missing or cannot be read/);
  });
});
