import { Readable } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import jsonld from 'jsonld';
import { Parser, Writer } from 'n3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Grant, ResourceMetadata } from '@zhengwu/contracts';
import { Directory, directoryModule } from '@zhengwu/directory';
import { createTestSite, type TestSite } from '@zhengwu/module';
import type { Register } from '@zhengwu/pack';
import { Registers, registersModule } from '@zhengwu/registers';
import { calendarModule } from '@zhengwu/calendar';
import { Catalogue } from './catalogue.ts';
import { asTurtle, catalogueOf } from './dcat.ts';
import { citesLaw, differences, metadataOf } from './metadata.ts';
import { catalogueModule } from './module.ts';
import { listOpen, readRows, schemaOf, writeRows } from './open-data.ts';
import { answer, ask, withdraw } from './requests.ts';
import { decide, edit, retire, rowOf, submit } from './resources.ts';
import { selectRequests } from './store-requests.ts';
import * as store from './store.ts';

const text = (zh: string, en: string) => ({ zh, en });
const trees: Register = {
  code: 'trees', name: text('树木', 'Trees'), subject: 'none', key: 'number', keeper: 'YC-ZJ', sharing: { class: '1' },
  schema: { type: 'object', required: ['number'], additionalProperties: false, properties: { number: { type: 'string' }, height: { type: 'number' }, keeper: { type: 'string' } } },
  fields: [{ key: 'number', label: text('编号', 'Number'), class: 'public' }, { key: 'height', label: text('高', 'Height'), class: 'public' }, { key: 'keeper', label: text('养护人', 'Keeper'), class: 'personal' }],
};
const people: Register = { ...trees, code: 'people', name: text('人口', 'People'), subject: 'person', key: 'number', sharing: { class: '2', condition: text('依职权', 'By power') } };
const secret: Register = { ...trees, code: 'secret', name: text('名录', 'List'), sharing: { class: '3', basis: text('《中华人民共和国统计法》第二十五条', 'Statistics Law §25') } };

const actor = (name: string, id: string, department: number, grants: Record<string, Grant['scope']>): Actor => ({
  kind: 'official', accountId: id, personId: id, name, scope: Object.values(grants).includes('all') ? 'all' : 'departments', departments: [department], homeDepartments: [department], subjects: [], clearance: 1,
  permissions: Object.fromEntries(Object.entries(grants).map(([permission, scope]) => [permission, { scope, departments: scope === 'all' ? [] : [department] }])),
}) as unknown as Actor;
const id = (n: number): string => `01890a5d-ac96-774b-bcce-00000000000${String(n)}`;
const stewardGrants = { 'catalogue.read': 'subtree', 'catalogue.edit': 'subtree', 'catalogue.request': 'subtree', 'catalogue.answer': 'subtree' } as const;
const builder = actor('住建专员', id(1), 60, stewardGrants);
const taxman = actor('税务专员', id(2), 30, stewardGrants);
const officer = actor('数据管理', id(3), 120, { 'catalogue.read': 'all', 'catalogue.edit': 'all', 'catalogue.publish': 'all', 'catalogue.request': 'all' });

let site: TestSite;
const system = <T>(work: Parameters<TestSite['database']['as']>[1]): Promise<T> => site.database.as(site.database.system, work) as Promise<T>;
const as = <T>(who: Actor, work: Parameters<TestSite['database']['as']>[1]): Promise<T> => site.database.as(who, work) as Promise<T>;
const publish = async (resource: string, who = builder): Promise<void> => {
  const found = await system<store.Resource>((tx) => store.selectResource(tx, resource));
  await system((tx) => submit(tx, who, resource, found.latest));
  await system((tx) => decide(tx, officer, resource, { version: found.latest, outcome: 'publish' }));
};
const told = async (type: string) => (await system<{ rows: { payload: Record<string, unknown> }[] }>((tx) => tx.query('select payload from events.outbox where type = $1 union all select payload from events.event where type = $1', [type]))).rows.map(({ payload }) => payload);

beforeAll(async () => {
  site = await createTestSite({ modules: [calendarModule, directoryModule, registersModule, catalogueModule] });
  await system(async (tx) => {
    await tx.query(`insert into directory.division (code, name_zh, name_en) values ('990100', '云川', 'Yunchuan') on conflict do nothing`);
    for (const [n, code] of [[60, 'YC-ZJ'], [30, 'YC-SW'], [120, 'YC-DSJ']]) await tx.query(`insert into directory.department (id, code, division, name_zh, name_en) values ($1, $2, '990100', $2, $2)`, [n, code]);
  });
  await site.site.use(Directory).refresh();
  const registers = site.site.use(Registers);
  await registers.define('hash', [trees, people, secret]);
  await system((tx) => registers.load(tx, [['a', 3], ['b', 5], ['=cmd()', 7]].map(([number, height]) => ({ register: 'trees', key: String(number), data: { number, height, keeper: '张三' }, validFrom: '2026-01-01', cause: 'seed' }))));
  await site.start();
});
afterAll(() => site.drop());

const rows = (who: Actor, q: string | null = null) => as<{ items: store.Listed[]; total: number }>(who, (tx) => store.search(tx, { q, kind: null, sharing: null, state: null, provider: null }, 0, 50));

describe('an entry of the catalogue (发改〔2017〕1272)', () => {
  test('is made of a register by itself, as a draft that its department and the data centre see and nobody else', async () => {
    expect((await rows(builder)).items.map((one) => one.id).sort()).toEqual(['register-people', 'register-secret', 'register-trees']);
    expect((await rows(taxman)).total).toBe(0);
    const found = (await rows(officer, '养护')).items.find((one) => one.id === 'register-trees') as store.Listed;
    expect(found.metadata.items.map(({ name, kind, isOpen }) => [name, kind, isOpen])).toEqual([['number', 'C', true], ['height', 'N', true], ['keeper', 'C', false]]);
    expect(rowOf(site.site, officer, found)).toMatchObject({ state: 'draft', mayEdit: true, isOwn: false, provider: { code: 'YC-ZJ' } });
  });

  test('is published by another person than who handed it over; a returned one is handed over again', async () => {
    await system((tx) => submit(tx, builder, 'register-trees', 1));
    await expect(system((tx) => decide(tx, builder, 'register-trees', { version: 1, outcome: 'publish' }))).rejects.toMatchObject({ code: 'catalogue.own-version' });
    await system((tx) => decide(tx, officer, 'register-trees', { version: 1, outcome: 'return', reason: '请补充摘要' }));
    await expect(system((tx) => decide(tx, officer, 'register-trees', { version: 1, outcome: 'publish' }))).rejects.toMatchObject({ code: 'catalogue.changed' });
    await publish('register-trees');
    expect((await rows(taxman)).items.map((one) => one.id)).toEqual(['register-trees']);
  });

  test('a change after publication is a next version, compared place by place; the published one stays until then', async () => {
    const [{ metadata }] = (await rows(builder, 'register-trees')).items as [store.Listed];
    const changed: ResourceMetadata = { ...metadata, cycle: '2', items: metadata.items.filter(({ name }) => name !== 'height') };
    expect(await system((tx) => edit(site.site, tx, builder, 'register-trees', { provider: 'YC-ZJ', metadata: changed, version: 1 }))).toBe(2);
    await expect(system((tx) => edit(site.site, tx, builder, 'register-trees', { provider: 'YC-ZJ', metadata, version: 1 }))).rejects.toMatchObject({ code: 'catalogue.changed' });
    expect((await system<store.Listed[]>(store.selectPublished))[0]?.metadata.cycle).toBe('1');
    expect(differences(metadata, changed).map(({ path }) => path)).toEqual(['/cycle', '/items/height/isOpen', '/items/height/kind', '/items/height/title/en', '/items/height/title/zh']);
    await system((tx) => edit(site.site, tx, builder, 'register-trees', { provider: 'YC-ZJ', metadata, version: 2 }));
    await publish('register-trees');
    expect((await system<store.Version[]>((tx) => store.selectVersions(tx, 'register-trees'))).map(({ version, state }) => [version, state])).toEqual([[2, 'published'], [1, 'superseded']]);
  });

  test('another department may not edit it; class, ground and code are checked', async () => {
    const metadata = metadataOf(trees, 900);
    const put = (given: Partial<ResourceMetadata>, who = builder, name = 'parks') => system((tx) => edit(site.site, tx, who, name, { provider: 'YC-ZJ', metadata: { ...metadata, ...given }, version: 0 }));
    await expect(put({}, taxman)).rejects.toMatchObject({ code: 'catalogue.not-yours' });
    await expect(put({ class: '2' })).rejects.toMatchObject({ code: 'catalogue.wrong-class' });
    await expect(put({ sharing: { class: '3', mode: '3', condition: null, basis: text('不便提供', 'Not convenient') } })).rejects.toMatchObject({ code: 'catalogue.needs-basis' });
    await expect(put({ sharing: { class: '2', mode: '3', condition: null, basis: null } })).rejects.toMatchObject({ code: 'catalogue.needs-basis' });
    expect(await put({})).toBe(1);
    await expect(put({}, builder, 'parks-again')).rejects.toMatchObject({ code: 'catalogue.code-taken' });
  });

  test('two entries differ in nothing exactly when they are the same (property)', () => {
    const base = metadataOf(trees, 1);
    fc.assert(fc.property(fc.constantFrom<Partial<ResourceMetadata>>({}, { cycle: '3' }, { name: text('甲', 'A') }, { items: base.items.slice(1) }, { related: ['301001/000009'] }), (change) => {
      const found = differences(base, { ...base, ...change });
      expect(found.length === 0).toBe(Object.keys(change).length === 0);
      expect(differences({ ...base, ...change }, base).map(({ path, before, after }) => [path, after, before])).toEqual(found.map(({ path, before, after }) => [path, before, after]));
    }));
  });
});

describe('asking for a resource', () => {
  const asked = { purpose: '核对税源', basis: '《税收征收管理法》第六条', subsystem: 'DEMO/GOV/YC-SW/TAXCENTRE', personal: false };
  test('shared without condition it is granted at once, told for exchange and topics; twice it is not asked, and never of oneself', async () => {
    expect(await system((tx) => ask(site.site, tx, taxman, 'register-trees', asked))).toMatchObject({ state: 'granted' });
    expect((await told('catalogue.granted'))[0]).toMatchObject({ resource: 'register-trees', register: 'trees', department: 30, member: 'DEMO/GOV/YC-SW', subsystem: asked.subsystem, services: ['registers'], personal: false });
    await expect(system((tx) => ask(site.site, tx, taxman, 'register-trees', asked))).rejects.toMatchObject({ code: 'catalogue.asked-already' });
    await expect(system((tx) => ask(site.site, tx, builder, 'register-trees', asked))).rejects.toMatchObject({ code: 'catalogue.own-resource' });
  });

  test('on condition the provider answers within 10 working days; a refusal cites the law; what is not shared is not asked for', async () => {
    for (const one of ['register-people', 'register-secret']) await publish(one);
    await expect(system((tx) => ask(site.site, tx, taxman, 'register-secret', asked))).rejects.toMatchObject({ code: 'catalogue.not-shared', params: { basis: '《中华人民共和国统计法》第二十五条' } });
    const request = await system<{ id: string; state: string; dueDay: string }>((tx) => ask(site.site, tx, taxman, 'register-people', { ...asked, personal: true }));
    expect(request.state).toBe('open');
    const due = await system<{ rows: { day: string }[] }>((tx) => tx.query(`select kernel.add_working_days((now() at time zone 'Asia/Shanghai')::date, 10)::text as day`));
    expect(request.dueDay).toBe(due.rows[0]?.day);
    const say = (who: Actor, given: Parameters<typeof answer>[4]) => system((tx) => answer(site.site, tx, who, request.id, given));
    await expect(say(taxman, { outcome: 'granted', answer: '同意' })).rejects.toMatchObject({ code: 'catalogue.request-settled' });
    await expect(say(builder, { outcome: 'refused', answer: '不便', law: '不便提供' })).rejects.toMatchObject({ code: 'catalogue.law-missing' });
    await say(builder, { outcome: 'granted', answer: '同意', until: '2027-06-30' });
    expect((await told('catalogue.granted')).find(({ resource }) => resource === 'register-people')).toMatchObject({ personal: true, until: '2027-06-30' });
    await expect(say(builder, { outcome: 'refused', answer: '再想', law: '《统计法》第二十五条' })).rejects.toMatchObject({ code: 'catalogue.request-settled' });
    await system((tx) => withdraw(site.site, tx, taxman, request.id, '不再需要'));
    expect((await told('catalogue.withdrawn')).map(({ resource }) => resource)).toEqual(['register-people']);
  });

  test('is seen by who asks, who is asked and the data centre, and by nobody else', async () => {
    const stranger = actor('教育专员', id(4), 80, stewardGrants);
    const seen = (who: Actor) => as<{ resource: string }[]>(who, (tx) => selectRequests(tx, null)).then((all) => all.length);
    expect(await Promise.all([taxman, builder, officer, stranger].map(seen))).toEqual([2, 2, 2, 0]);
  });

  test('a resource that leaves the catalogue ends every use of it', async () => {
    await system((tx) => retire(site.site, tx, builder, 'register-trees', '合并到园林库'));
    expect((await told('catalogue.withdrawn')).map(({ resource }) => resource).sort()).toEqual(['register-people', 'register-trees']);
    expect((await rows(taxman, 'register-trees')).total).toBe(0);
    await system((tx) => edit(site.site, tx, builder, 'register-trees', { provider: 'YC-ZJ', metadata: metadataOf(trees, 901), version: 2 }));
    await publish('register-trees');
  });

  test('a law is cited by its name', () => {
    expect(['《中华人民共和国统计法》第二十五条', '依据《个人信息保护法》第十三条'].every(citesLaw)).toBe(true);
    expect(['不便提供', '依法', '《》第一条', ''].some(citesLaw)).toBe(false);
  });
});

describe('open data', () => {
  test('holds the fields that the entry opens and the register calls public, and nothing else; every row once, page by page', async () => {
    const [set] = await listOpen(site.site, '树');
    expect(set).toMatchObject({ id: 'register-trees', rows: 3, items: [{ name: 'number' }, { name: 'height' }] });
    const first = await readRows(site.site, 'register-trees', '', 2);
    const rest = await readRows(site.site, 'register-trees', first.next ?? '', 2);
    expect([...first.items, ...rest.items].map(({ number }) => number)).toEqual(['=cmd()', 'a', 'b']);
    expect(rest.next).toBeNull();
    expect(JSON.stringify([first, rest])).not.toContain('张三');
    expect(await listOpen(site.site, '人口')).toEqual([]);
    await expect(readRows(site.site, 'register-people', '', 2)).rejects.toMatchObject({ code: 'catalogue.unknown' });
  });

  test('downloads are whole; a cell that a spreadsheet would run is text (OWASP CSV injection)', async () => {
    const whole = (format: 'csv' | 'json') => readAll(Readable.from(writeRows(site.site, 'register-trees', format)));
    expect(await whole('csv')).toBe("\ufeffnumber,height\r\n'=cmd(),7\r\na,3\r\nb,5\r\n");
    expect(JSON.parse(await whole('json'))).toEqual([{ number: '=cmd()', height: 7 }, { number: 'a', height: 3 }, { number: 'b', height: 5 }]);
    const [open] = await system<store.Listed[]>(async (tx) => (await store.selectPublished(tx)).filter((one) => one.id === 'register-trees'));
    expect(schemaOf(site.site, open as store.Listed)).toMatchObject({ type: 'object', properties: { number: { type: 'string', title: '编号' }, height: { type: 'number' } } });
  });
});

describe('the export (W3C DCAT 3)', () => {
  const publisher = { portal: 'https://portal.example', name: text('云川', 'Yunchuan'), nameOf: (code: string) => text(code, code) };
  const nquads = async (document: object): Promise<string> => (await jsonld.canonize(document as never, { algorithm: 'URDNA2015', format: 'application/n-quads' })) as unknown as string;

  test('Turtle and JSON-LD say the same', async () => {
    const document = catalogueOf(publisher, await system<store.Listed[]>(store.selectPublished));
    const quads = new Parser({ format: 'text/turtle' }).parse(await asTurtle(document));
    const lines = await new Promise<string>((resolve, reject) => {
      const writer = new Writer({ format: 'N-Quads' });
      writer.addQuads(quads);
      writer.end((error, result: string) => (error ? reject(error) : resolve(result)));
    });
    const canonical = (await jsonld.canonize(lines as never, { algorithm: 'URDNA2015', inputFormat: 'application/n-quads', format: 'application/n-quads' } as never)) as unknown as string;
    expect(canonical).toBe(await nquads(document));
    expect(canonical.split('\n').length).toBeGreaterThan(30);
  });

  test('has what DCAT-AP 3 makes mandatory: title, description and publisher of the catalogue, title and description of each data set, an access address of each distribution, IRIs where IRIs belong', async () => {
    const all = await nquads(catalogueOf(publisher, await system<store.Listed[]>(store.selectPublished)));
    const quads = new Parser({ format: 'N-Quads' }).parse(all);
    const dcat = 'http://www.w3.org/ns/dcat#';
    const dct = 'http://purl.org/dc/terms/';
    const of = (kind: string) => quads.filter(({ predicate, object }) => predicate.value.endsWith('#type') && object.value === dcat + kind).map(({ subject }) => subject.value);
    const objects = (subject: string, predicate: string) => quads.filter((one) => one.subject.value === subject && one.predicate.value === predicate).map(({ object }) => object);
    expect([of('Catalog').length, of('Dataset').length, of('Distribution').length]).toEqual([1, 3, 2]);
    for (const [kind, needed] of [['Catalog', ['title', 'description', 'publisher']], ['Dataset', ['title', 'description', 'identifier', 'publisher', 'accrualPeriodicity', 'accessRights']]] as const) {
      for (const subject of of(kind)) for (const name of needed) expect(objects(subject, dct + name).length, `${subject} ${name}`).toBeGreaterThan(0);
    }
    for (const subject of of('Distribution')) for (const name of ['accessURL', 'downloadURL', 'mediaType']) expect(objects(subject, dcat + name).map(({ termType }) => termType)).toEqual(['NamedNode']);
    for (const subject of of('Dataset')) {
      expect(objects(subject, `${dct}title`).map((one) => (one as { language?: string }).language).sort()).toEqual(['en', 'zh']);
      const [publisherOf] = objects(subject, `${dct}publisher`);
      expect(objects(publisherOf?.value ?? '', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type').map(({ value }) => value)).toEqual(['http://xmlns.com/foaf/0.1/Agent']);
    }
    // What is not open has no address to take it from.
    expect(of('Distribution').every((one) => one.includes('register-trees'))).toBe(true);
  });
});

test('drafts of registers are published for a demonstration in the names of two, once', async () => {
  await site.site.use(Registers).define('hash', [{ ...trees, code: 'flowers' }]);
  for (let i = 0; i < 2; i++) await site.site.use(Catalogue).publishRegisters({ steward: '甲', officer: '乙' });
  expect(await site.site.use(Catalogue).resourcesOf('flowers')).toMatchObject([{ id: 'register-flowers', isPublished: true, provider: 'YC-ZJ' }]);
  expect((await system<store.Version[]>((tx) => store.selectVersions(tx, 'register-flowers'))).map(({ by, decidedBy, state }) => [by, decidedBy, state])).toEqual([['甲', '乙', 'published']]);
});
