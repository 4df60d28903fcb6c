import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columnRing, sealedBy } from '@zhengwu/crypto';
import { Directory } from '@zhengwu/directory';
import { Licences } from '@zhengwu/licences';
import { Services } from '@zhengwu/services';
import { keysCommand } from './cli/keys.ts';
import type { OnSite } from './cli/on-site.ts';
import { KEPT_MS, reseal, sealedColumnsOf } from './keys/resealing.ts';
import { signingPurposes, storeOf } from './keys/signing.ts';
import { siteModules } from './modules.ts';
import { projectFolder } from './packs.ts';
import { openCity, PASSPHRASE, PORTAL_SECRET, type TestCity } from './test/city.ts';

let city: TestCity;
const config = () => city.site.site.config;
const environment = () => ({ ZHENGWU_DATA: config().dataFolder, ZHENGWU_KEY_PASSPHRASE: PASSPHRASE, ZHENGWU_PORTAL_SECRET: PORTAL_SECRET });
const reach: OnSite = (_, work) => work(city.site.database);
/** A command of an operator beside the running site: it opens keys and settings for itself. */
const keys = async (...args: string[]) => {
  const said: string[] = [];
  const tell = (line: string): void => void said.push(line);
  return { code: await keysCommand(args, { out: tell, err: tell }, environment(), reach), said: said.join('\n') };
};
const rows = async <R>(text: string, values: unknown[] = []) => (await city.site.database.as(city.site.database.system, (tx) => tx.query<R & Record<string, unknown>>(text, values))).rows;
const kidOf = (jws: string): unknown => (JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;
const get = async (path: string) => (await fetch(`${city.origin}${path}`)).json() as Promise<Record<string, unknown>>;
const publishedBy = async (path: string): Promise<unknown[]> => ((await get(path)) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);

beforeAll(async () => {
  city = await openCity();
}, 60_000);
afterAll(() => city.close());

/** A licence issued by the running site, as a case that closes issues it. */
const issue = async () => {
  const [person] = await rows<{ id: string; name: string }>(`select id, name from directory.principal where kind = 'person' order by id limit 1`);
  const { packHash } = city.site.site.use(Services).current('driver-licence-renewal');
  return city.site.database.as(city.site.database.system, (tx) => city.site.site.use(Licences).issue(tx, {
    type: 'driver-licence', packHash, holder: person?.id ?? '', holderKind: 'person', holderName: person?.name ?? '', caseId: null, department: 7, validUntil: '2099-12-30', now: new Date(),
    fields: {
      name: person?.name, sex: '男', birth: '1990-03-07', address: '云川市青岚区样例路1号', citizenNumber: '990102199003070011', classes: 'C1',
      firstIssuedOn: '2020-12-30', validFrom: '2026-12-30', validUntil: '2099-12-30', fileNumber: '990100000001',
    },
  }));
};
const verified = async (made: Awaited<ReturnType<typeof issue>>) => get(`/api/licences/${made.id}/verify?c=${made.row.check_code}`);

describe('a signing key renewed while the site serves', () => {
  test('licences: later ones carry the new key, all verify, both keys are published, the trail names the command', async () => {
    const before = await issue();
    let wanted = true;
    const meanwhile = (async () => {
      const made = [];
      while (wanted) made.push(await issue());
      return made;
    })();
    const { code, said } = await keys('renew', 'licences');
    wanted = false;
    const during = await meanwhile;
    const after = await issue();
    expect([code, said]).toEqual([0, expect.stringContaining('licences') as string]);
    expect(kidOf(after.row.jws)).not.toBe(kidOf(before.row.jws));
    expect(said).toContain(String(kidOf(after.row.jws)));
    for (const one of [before, ...during.slice(-5), after]) expect(await verified(one)).toMatchObject({ found: true, signature: 'valid' });
    expect(await publishedBy('/.well-known/licence-keys.json')).toEqual([kidOf(before.row.jws), kidOf(after.row.jws)]);
    expect(await rows(`select name is not null as named, request, detail from audit.record where event = 'keys.renewed' and subject = 'licences'`))
      .toEqual([{ named: true, request: 'keys renew licences', detail: { key: kidOf(after.row.jws), algorithm: 'ES256', former: kidOf(before.row.jws) } }]);
  });

  test('where the trail cannot be reached nothing is renewed, and what the authority renews is named', async () => {
    const before = await publishedBy('/.well-known/licence-keys.json');
    const unreachable: OnSite = () => Promise.reject(new Error('no database'));
    await expect(keysCommand(['renew', 'licences'], { out: () => undefined, err: () => undefined }, environment(), unreachable)).rejects.toThrow('no database');
    expect(await publishedBy('/.well-known/licence-keys.json')).toEqual(before);
    await expect(keys('renew', 'ca-issuing')).rejects.toThrow(/ca renew/);
  });

  test('with another suite than the site’s nothing is renewed: the site would go on with a key that its settings do not name', async () => {
    const before = await publishedBy('/.well-known/licence-keys.json');
    await expect(keysCommand(['renew', 'licences'], { out: () => undefined, err: () => undefined }, { ...environment(), ZHENGWU_CRYPTO_SUITE: 'gm' }, reach)).rejects.toThrow(/ES256.*SM2-SM3/);
    expect(await publishedBy('/.well-known/licence-keys.json')).toEqual(before);
  });

  test('sign-on: the provider publishes the new key first and the former after it', async () => {
    const [former] = await publishedBy('/sso/jwks');
    expect(await keys('renew', 'sign-on')).toMatchObject({ code: 0 });
    const [now, ...rest] = await publishedBy('/sso/jwks');
    expect([now === former, rest]).toEqual([false, [former]]);
  });
});

test('keys list names each key of the site, its state, when it is due and where it lies; every key in a file is of a known purpose', async () => {
  expect(await keys('renew', 'columns')).toMatchObject({ code: 0 });
  const { said } = await keys('list');
  const lines = said.split('\n').slice(1).map((line) => line.split('\t'));
  expect(lines.filter(([purpose]) => purpose === 'licences').map(([, , algorithm, , state]) => [algorithm, /in use, due \d{4}/.test(state ?? '')])).toEqual([['ES256', false], ['ES256', true]]);
  expect(lines.find(([purpose]) => purpose === 'columns')?.at(-1)).toBe('keys/columns.ring');
  const files = (await readdir(join(config().dataFolder, 'keys'))).filter((name) => name.endsWith('.json') && name !== 'data.json');
  for (const file of files) {
    const store = file.replace('.json', '');
    const known = signingPurposes.filter((one) => one.store === store);
    expect(known, file).not.toEqual([]);
    const all = await (await storeOf(config(), known[0] as (typeof signingPurposes)[number])).all();
    for (const key of all) expect(known.map(({ purpose }) => purpose)).toContain(key.purpose);
  }
});

/** Sealed and not kept: it travels with a page. */
const ELSEWHERE = ['cases.intake'];

test('whatever a module seals in its tables is sealed anew with the others', async () => {
  const root = join(projectFolder(), 'pillars');
  const sources = (await readdir(root, { recursive: true })).filter((path) => /^[^/]+\/[^/]+\/[^/]+\.ts$/.test(path) && !/(test|full|fixture)\.ts$/.test(path));
  const purposes = await Promise.all(sources.map(async (path) => [...(await readFile(join(root, path), 'utf8')).matchAll(/createSealer\([^;]*?, '([a-z.-]+)'([^;]*);/g)].map(([, purpose, rest]) => [purpose, rest?.includes('columnKeys(') || rest?.includes(', columns)')])));
  const found = purposes.flat().filter(([purpose]) => !ELSEWHERE.includes(String(purpose)));
  expect(found.filter(([, renewable]) => !renewable)).toEqual([]);
  expect(new Set(found.map(([purpose]) => purpose))).toEqual(new Set(sealedColumnsOf(siteModules()).map(({ purpose }) => purpose)));
});

test.each([[['renew']], [['renew', 'nothing']], [['list', 'x']], [['forge']]])('keys %j is not understood', async (args) => {
  expect(await keys(...args)).toMatchObject({ code: 2, said: expect.stringContaining('npx zhengwu keys list') as string });
});

describe('columns sealed anew while the site serves', () => {
  const NUMBER = '990102199003071239';
  const principals = () => city.site.site.use(Directory).principals;
  const sealers = async () => (await rows<{ sealed: string }>('select identifier_sealed as sealed from directory.principal')).map(({ sealed }) => sealedBy(sealed));
  const resealing = (now = new Date()) => reseal({ database: city.site.database, config: config(), columns: sealedColumnsOf(siteModules()), now, batch: 7 });
  const ring = () => columnRing(config()) as NonNullable<ReturnType<typeof columnRing>>;

  test('whoever was entered before is found and read after, killed half-way it goes on, and the former key goes after a day', async () => {
    const entered = await principals().enter({ kind: 'person', name: '甲', identifier: NUMBER, phone: null, email: null });
    const former = (await ring().current()).id;
    expect(new Set(await sealers())).toEqual(new Set([former]));
    const next = (await ring().rotate()).id;
    const broken = new AbortController();
    const killed = reseal({
      database: { ...city.site.database, as: (...given: Parameters<typeof city.site.database.as>) => { if (given[2]?.readOnly !== true) setImmediate(() => broken.abort()); return city.site.database.as(...given); } } as never,
      config: config(), columns: sealedColumnsOf(siteModules()), now: new Date(), batch: 7, signal: broken.signal,
    });
    await expect(killed).rejects.toThrow(/abort/i);
    expect(new Set(await sealers())).toEqual(new Set([former, next]));
    expect((await principals().byIdentifier(NUMBER))?.identifier).toBe(NUMBER);
    expect(await resealing()).toMatchObject({ dropped: 0, waiting: 1 });
    expect(new Set(await sealers())).toEqual(new Set([next]));
    expect(await resealing(new Date(Date.now() + KEPT_MS + 1000))).toMatchObject({ changed: 0, dropped: 1, waiting: 0 });
    expect((await ring().all()).map(({ id }) => id)).toEqual([next]);
    expect(await principals().byIdentifier(NUMBER)).toEqual(entered);
  });

  test('a value that does not open stops it with table and row, and no key is dropped', async () => {
    await ring().rotate();
    await rows(`update directory.principal set identifier_sealed = 'aes-256-gcm:AAAA' where identifier_hash = (select min(identifier_hash) from directory.principal where name <> '甲')`);
    await expect(resealing(new Date(Date.now() + 2 * KEPT_MS))).rejects.toThrow(/identifier_sealed of [0-9a-f-]{36} in directory.principal/);
    expect(await ring().all()).toHaveLength(2);
  });
});
