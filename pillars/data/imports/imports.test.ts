import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { directoryModule } from '@zhengwu/directory';
import { disclosureModule } from '@zhengwu/disclosure';
import { createFiles, openLocalStore } from '@zhengwu/files';
import { createHttp, standIn, type Authenticator, type HttpServer } from '@zhengwu/http';
import { composeUscc, organisationCheck } from '@zhengwu/ids';
import { accessAudit, createTestSite, type TestSite } from '@zhengwu/module';
import type { Register } from '@zhengwu/pack';
import { Registers, registersModule } from '@zhengwu/registers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importsModule } from './module.ts';
import { runImport } from './running.ts';

const field = (key: string, extra: object = {}) => ({ key, label: { zh: key === 'name' ? '名称' : key, en: key }, class: 'public' as const, ...extra });
const companies: Register = {
  code: 'companies', name: { zh: '企业', en: 'Companies' }, subject: 'company', key: 'uscc', keeper: 'YC-SC', sharing: { class: '1' },
  schema: { type: 'object', additionalProperties: false, required: ['uscc', 'name'], properties: { uscc: { type: 'string' }, name: { type: 'string', minLength: 1, maxLength: 20 }, capital: { type: 'integer', minimum: 0 }, until: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] } } },
  fields: [field('uscc', { identifier: 'uscc' }), field('name'), field('capital'), field('until')],
};
const numberOf = (n: number): string => {
  const body = String(n).padStart(8, '0');
  return composeUscc({ registrar: '9', kind: '1', division: '990100', organisation: `${body}${organisationCheck(body)}` });
};

let site: TestSite;
let http: HttpServer;
let folder: string;
const official = (name: string, scope: 'all' | 'departments', departments: number[]): Actor => {
  const grant = { scope, departments };
  return { ...standIn({ id: 'r', ip: '127.0.0.1' }), kind: 'official', accountId: '00000000-0000-7000-8000-00000000000a', personId: '00000000-0000-7000-8000-00000000000b', name, permissions: { 'register.import': grant }, sessionId: name, clearance: 1 } as Actor;
};
const actors: Record<string, Actor> = { keeper: official('data01', 'all', []), other: official('data-ga', 'departments', [4711]) };
const authenticator: Authenticator = { authenticate: (request) => actors[String(request.headers.cookie ?? '')], isPortal: () => false, verifyCsrf: () => true };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-imports-'));
  const files = await createFiles({ store: await openLocalStore(join(folder, 'bodies')), folder, maxBytes: 10_000_000 });
  site = await createTestSite({ modules: [directoryModule, disclosureModule, registersModule, importsModule], files });
  await site.site.use(Registers).define('hash', [companies]);
  http = createHttp({ log: site.site.log, origin: 'http://site.test', policies: site.policy, authenticator, metrics: { process: false }, checkAnswers: true, audit: accessAudit(site.site.audit, site.site.log) });
  site.routes(http);
  await http.assemble();
});
afterAll(async () => {
  await site.drop();
  await rm(folder, { recursive: true });
});

const platform = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);
const ask = async (method: 'GET' | 'POST', url: string, payload?: string | object, cookie = 'keeper') => {
  const type = typeof payload === 'string' ? 'application/octet-stream' : 'application/json';
  const response = await http.fastify.inject({ method, url, headers: { cookie, origin: 'http://site.test', 'x-csrf-token': 'x', ...(payload ? { 'content-type': type } : {}) }, ...(payload ? { payload } : {}) });
  return { status: response.statusCode, text: response.body, body: (response.headers['content-type'] ?? '').includes('json') ? (response.json() as never) : undefined as never };
};
interface Shown { import: { id: string; state: string; position: number; added: number; changed: number; unchanged: number; refused: number; problem: { en: string } | null }; guessed: { column: string; field: string }[]; preview: object[]; refusals: { row: number; code: string }[] }
const upload = async (text: string, cookie = 'keeper') => ask('POST', '/api/imports?register=companies&name=a.csv&format=csv', text, cookie);
const begin = async (id: string, trial: boolean, mapping: Shown['guessed'], validFrom = '2026-03-01') => ask('POST', `/api/imports/${id}/start`, { mapping, validFrom, trial });
const shown = async (id: string): Promise<Shown> => (await ask('GET', `/api/imports/${id}`)).body;
/** A whole import: uploaded, mapped by its heads, run. */
const bring = async (text: string, { trial = false, validFrom = '2026-03-01' } = {}): Promise<Shown> => {
  const sent = (await upload(text)).body as Shown;
  await begin(sent.import.id, trial, sent.guessed, validFrom);
  await runImport(site.site, sent.import.id);
  return shown(sent.import.id);
};
const versions = async (n: number) => platform((tx) => site.site.use(Registers).history(tx, 'companies', numberOf(n)));

describe('an import', () => {
  test('shows its first rows and a mapping by the names of its columns, and writes nothing yet', async () => {
    const { status, body } = await upload(`uscc,名称,Capital\n${numberOf(900)},甲,5\n`);
    expect(status).toBe(201);
    expect(body).toMatchObject({ guessed: [{ column: 'uscc', field: 'uscc' }, { column: '名称', field: 'name' }, { column: 'Capital', field: 'capital' }], preview: [{ 名称: '甲' }], import: { state: 'received', encoding: 'utf-8' } });
    expect(await versions(900)).toEqual([]);
  });
  test('adds, changes with history and leaves alone what is so already', async () => {
    expect((await bring(`uscc,name,capital,until\n${numberOf(1)},甲,5,\n${numberOf(2)},乙,6,2027-01-01\n`)).import).toMatchObject({ state: 'done', added: 2, refused: 0 });
    const again = await bring(`uscc,name,capital\n${numberOf(1)},甲,5\n${numberOf(2)},乙,7\n`, { validFrom: '2026-05-01' });
    expect(again.import).toMatchObject({ added: 0, changed: 1, unchanged: 1 });
    expect(await versions(1)).toHaveLength(1);
    const [now, before] = (await versions(2)).filter(({ knownTo }) => knownTo === null);
    expect(now).toMatchObject({ data: { capital: 7, until: '2027-01-01' }, validFrom: '2026-05-01', cause: `import:${again.import.id}` });
    expect(before).toMatchObject({ data: { capital: 6 }, validTo: '2026-05-01' });
  });
  test('refuses rows by schema, check digit and repetition, each told by number, field and in both languages; the others are written', async () => {
    const good = numberOf(11);
    const { import: one, refusals } = await bring(`uscc,name,capital\n${good},甲,1\n${good.slice(0, 17)}${good.endsWith('A') ? 'B' : 'A'},乙,1\n${numberOf(12)},,x\n${good},甲,1\n${good},丙,1\n${numberOf(13)},丁\n`);
    expect(one).toMatchObject({ state: 'done', position: 6, added: 1, unchanged: 1, refused: 4 });
    expect(refusals.map(({ row, code }) => [row, code])).toEqual([[2, 'import.identifier'], [3, 'field.required'], [3, 'field.type'], [5, 'import.repeated'], [6, 'import.cells']]);
    const { text } = await ask('GET', `/api/imports/${one.id}/refusals.csv`);
    expect(text).toContain('2,uscc,import.identifier,号码校验不通过。,The number fails its check digit.\r\n');
    expect(text).not.toContain(good);
  });
  test('as a trial says what would become of each row and leaves the register as it is; then the same file is imported', async () => {
    const tried = await bring(`uscc,name\n${numberOf(21)},甲\n`, { trial: true });
    expect(tried.import).toMatchObject({ state: 'done', added: 1, isTrial: true });
    expect(await versions(21)).toEqual([]);
    const { body } = await begin(tried.import.id, false, [{ column: 'uscc', field: 'uscc' }, { column: 'name', field: 'name' }]);
    await runImport(site.site, (body as { id: string }).id);
    expect(await versions(21)).toHaveLength(1);
  });
  test('goes on behind the last batch, once, whoever runs it', async () => {
    const text = `uscc,name\n${Array.from({ length: 4500 }, (_, n) => `${numberOf(1000 + n)},企业${n}`).join('\n')}\n`;
    const sent = (await upload(text)).body as Shown;
    await begin(sent.import.id, false, sent.guessed);
    const stop = new AbortController();
    const first = runImport(site.site, sent.import.id, stop.signal);
    while ((await shown(sent.import.id)).import.position === 0) await new Promise((done) => setTimeout(done, 5));
    stop.abort();
    await first;
    await Promise.all([runImport(site.site, sent.import.id), runImport(site.site, sent.import.id)]);
    if ((await shown(sent.import.id)).import.state !== 'done') await runImport(site.site, sent.import.id);
    expect((await shown(sent.import.id)).import).toMatchObject({ state: 'done', position: 4500, added: 4500 });
    const { rows } = await platform((tx) => tx.query<{ n: number }>(`select count(*)::int as n from registers.record where cause = $1`, [`import:${sent.import.id}`]));
    expect(rows[0]?.n).toBe(4500);
  });
  test('of a mapping that lacks a required field is not started; nor is one that was started', async () => {
    const sent = (await upload(`uscc,name\n${numberOf(31)},甲\n`)).body as Shown;
    expect((await begin(sent.import.id, false, [{ column: 'uscc', field: 'uscc' }])).body).toMatchObject({ code: 'import.mapping' });
    expect((await begin(sent.import.id, false, sent.guessed)).status).toBe(202);
    expect((await begin(sent.import.id, false, sent.guessed)).body).toMatchObject({ code: 'import.started' });
  });
  test('is for those who keep the register: others neither bring one nor see one', async () => {
    const { id } = (await bring(`uscc,name\n${numberOf(41)},甲\n`)).import;
    expect((await upload('uscc,name\n', 'other')).body).toMatchObject({ code: 'import.register' });
    expect((await ask('GET', `/api/imports/${id}`, undefined, 'other')).status).toBe(404);
    expect((await ask('GET', `/api/imports/${id}/refusals.csv`, undefined, 'other')).status).toBe(404);
    expect((await ask('GET', '/api/imports', undefined, 'other')).body).toMatchObject({ items: [] });
  });
  test('that breaks in the middle keeps what it wrote and says why it ended', async () => {
    const rows = Array.from({ length: 2100 }, (_, n) => `${numberOf(8000 + n)},名`).join('\n');
    const sent = (await upload(`uscc,name\n${rows}\n"${'x'.repeat(1_100_000)}`)).body as Shown;
    await begin(sent.import.id, false, sent.guessed);
    await runImport(site.site, sent.import.id);
    expect((await shown(sent.import.id)).import).toMatchObject({ state: 'failed', added: 2000, problem: { en: expect.stringContaining('longer than a million') as string } });
  });
});
