import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { configurationAsMarkdown } from '@zhengwu/config';
import { governanceOf } from '@zhengwu/demo';
import { asvsMarkdown, checkCodes, controls, evidence, level3Markdown, loadGovernance, registerCodes, type Evidence } from '@zhengwu/governance';
import { key, openCity, type TestCity } from './test/city.ts';

const root = join(import.meta.dirname, '../..');

describe('controls', () => {
  const asvs = controls.filter(({ standard }) => standard === 'asvs');

  test('are the 345 requirements of ASVS 5.0.0 (70, 183 and 92 by level) in 17 chapters, each once, numbered without a gap', () => {
    expect([1, 2, 3].map((level) => asvs.filter((one) => one.level === level).length)).toEqual([70, 183, 92]);
    expect(new Set(asvs.map(({ id }) => id)).size).toBe(345);
    expect([...Map.groupBy(asvs, ({ id }) => Number(id.slice(1).split('.')[0]))].map(([chapter, own]) => [chapter, own.length])).toEqual(
      [[1, 30], [2, 13], [3, 31], [4, 16], [5, 13], [6, 47], [7, 19], [8, 13], [9, 7], [10, 36], [11, 24], [12, 12], [13, 21], [14, 13], [15, 21], [16, 17], [17, 12]]);
    for (const own of Map.groupBy(asvs, ({ id }) => id.split('.').slice(0, 2).join('.')).values()) expect(own.map(({ id }) => Number(id.split('.')[2]))).toEqual(own.map((_, at) => at + 1));
  });

  test('cite only tests, papers, settings, registers and checks that are there', async () => {
    const texts = new Map<string, string>();
    const settings = configurationAsMarkdown();
    const isThere = async ({ kind, place, name }: Evidence): Promise<boolean> => {
      if (kind === 'setting') return settings.includes(`\`${place}\``);
      if (kind === 'register') return registerCodes.has(place);
      if (kind === 'check') return checkCodes.has(place);
      if (!existsSync(join(root, place))) return false;
      if (kind === 'document') return true;
      if (!texts.has(place)) texts.set(place, await readFile(join(root, place), 'utf8'));
      return [`'${name}'`, `"${name}"`, `\`${name}\``].some((one) => texts.get(place)?.includes(one));
    };
    const rotten: string[] = [];
    for (const [code, one] of Object.entries(evidence)) if (!(await isThere(one))) rotten.push(`${code}: ${one.place} ${one.name}`);
    expect(rotten).toEqual([]);
    expect(await isThere({ kind: 'test', place: 'apps/site/governance.test.ts', name: ['a test', 'nobody wrote'].join(' ') })).toBe(false);
  });

  test('that count as met name their evidence; the others say why, and who closes the gap', () => {
    const bare = controls.filter(({ state, evidence: cited, note }) => (state === 'met' ? cited.length === 0 : note === null)).map(({ standard, id }) => `${standard} ${id}`);
    expect(bare).toEqual([]);
    const unowned = controls.filter(({ state, note }) => (state === 'unmet' || state === 'partly') && note?.owner === null).map(({ standard, id }) => `${standard} ${id}`);
    expect(unowned).toEqual([]);
  });

  test('stand in docs/security/asvs.md and level3.md as in the code', async () => {
    await expect(asvsMarkdown(controls)).toMatchFileSnapshot('../../docs/security/asvs.md');
    await expect(level3Markdown(controls)).toMatchFileSnapshot('../../docs/security/level3.md');
  });
});

describe('in the demo city', () => {
  let city: TestCity;
  let [security, head, auditor, clerk]: api.Client[] = [];
  beforeAll(async () => {
    city = await openCity();
    await loadGovernance(city.site.site, governanceOf());
    [security, head, auditor, clerk] = await Promise.all(['security', 'head-dsj', 'audit', 'window01'].map((account) => city.official(account)));
  });
  afterAll(() => city.close());
  const only = async (register: string) => (await security!.call(api.listEntries, { query: { register } })).items;

  test('an auditor walks from the policy to the finding that was put right and back again, over HTTP', async () => {
    const policy = (await only('policy')).find(({ state }) => state === 'published')!;
    const wanted = ['person', 'control', 'evidence', 'finding', 'rectification'];
    const matches = (view: api.NodeView, kind: string) => view.kind === kind || view.register === kind;
    let node = `entry:${policy.id}`;
    const path = [node];
    for (const kind of wanted) {
      const { forward } = await auditor!.call(api.walkNode, { query: { node } });
      const next = forward.filter(({ to }) => matches(to, kind));
      const chosen = next.find(({ to }) => kind !== 'evidence' || to.node === 'evidence:reg-backup') ?? next[0];
      expect(chosen, `${node} leads to a ${kind}`).toBeDefined();
      node = chosen!.to.node;
      path.push(node);
    }
    for (const earlier of path.slice(0, -1).reverse()) {
      const { backward } = await auditor!.call(api.walkNode, { query: { node } });
      expect(backward.map(({ to }) => to.node)).toContain(earlier);
      node = earlier;
    }
  });

  test('powers are apart: the auditor keeps no register but those of inspection, security approves nothing, a clerk sees nothing', async () => {
    const [policy] = (await only('policy')).filter(({ state }) => state === 'proposed');
    await expect(clerk!.call(api.listEntries, { query: {} })).rejects.toMatchObject({ problem: { code: 'access.denied' } });
    await expect(security!.call(api.decideEntry, { params: { id: policy!.id }, body: { version: policy!.version, act: 'publish' } })).rejects.toMatchObject({ problem: { code: 'access.denied' } });
    const body = { register: 'duty', title: '职责', fields: { role: 'a', tasks: 'b' }, owner: policy!.owner!.id, dueAt: null, reviewAt: null };
    await expect(auditor!.call(api.raiseEntry, { body, idempotencyKey: key() })).rejects.toMatchObject({ problem: { code: 'governance.no-register' } });
    await expect(security!.call(api.createEntry, { body: { ...body, register: 'finding' }, idempotencyKey: key() })).rejects.toMatchObject({ problem: { code: 'governance.no-register' } });
    expect(await head!.call(api.decideEntry, { params: { id: policy!.id }, body: { version: policy!.version, act: 'publish' } })).toMatchObject({ state: 'published' });
  });

  test('every official is asked to read what is published, once', async () => {
    const before = await clerk!.call(api.myGovernance, {});
    expect(before.toRead.length).toBeGreaterThan(0);
    const { id } = before.toRead[0]!;
    await clerk!.call(api.acknowledgePolicy, { params: { id } });
    expect((await clerk!.call(api.myGovernance, {})).toRead.map((one) => one.id)).not.toContain(id);
    const { concerned, read } = await security!.call(api.policyReaders, { params: { id } });
    expect([concerned > 40, read]).toEqual([true, 1]);
  });

  test('an entry begins once however often it is sent, and every fault is named at its field', async () => {
    const [duty] = await only('duty');
    const body = { register: 'exception', title: '例外', fields: { rule: 'a', why: 'b', instead: 'c' }, owner: duty!.owner!.id, dueAt: '2027-01-31', reviewAt: null };
    const idempotencyKey = key();
    const [one, two] = [await security!.call(api.createEntry, { body, idempotencyKey }), await security!.call(api.createEntry, { body, idempotencyKey })];
    expect(two).toEqual(one);
    await expect(security!.call(api.createEntry, { body: { ...body, fields: { rule: '' } }, idempotencyKey: key() })).rejects.toMatchObject({ problem: { code: 'governance.bad-fields', issues: expect.arrayContaining([expect.objectContaining({ path: '/fields/why' })]) } });
  });

  test('tables come from the database by themselves; one nobody has classified is named', async () => {
    const { database } = city.site;
    const { unclassified, domains } = await security!.call(api.securityState, {});
    expect(domains[2]!.entries).toBeGreaterThan(50);
    expect(unclassified).not.toContain('cases.case');
    const [asset] = (await security!.call(api.listEntries, { query: { register: 'asset', text: 'cases.case' } })).items;
    await database.as(database.system, (tx) => tx.query(`update governance.entry set state = 'found' where id = $1`, [asset!.id]));
    expect((await security!.call(api.securityState, {})).unclassified.length).toBe(unclassified.length + 1);
  });

  test('a drill is run neither by who may not nor without its number', async () => {
    const [drill] = await only('drill');
    const started = (who: api.Client, confirm: string) => who.call(api.runDrill, { params: { id: drill!.id }, body: { confirm } });
    await expect(started(clerk!, drill!.number)).rejects.toMatchObject({ problem: { code: 'access.denied' } });
    await expect(started(security!, 'DRL')).rejects.toMatchObject({ problem: { code: 'governance.drill-confirm' } });
  });

  test('controls are answered with what a machine saw of them', async () => {
    const { items } = await auditor!.call(api.listControls, { query: { standard: 'level3' } });
    expect(items).toHaveLength(71);
    expect(items.find(({ id }) => id === '8.1.10.11')).toMatchObject({ declared: 'met', state: 'partly', evidence: expect.arrayContaining([expect.objectContaining({ code: 'check-restore', state: 'fails' })]) });
  });
});
