import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { Processes } from '@zhengwu/processes';
import { Services, type OpenServices } from '@zhengwu/services';
import { openCity, type TestCity } from './test/city.ts';
import { applyForCard, decide } from './test/people.ts';

const service = 'identity-card-replacement';
let city: TestCity;
let from: string;
let to: string;

/** A newer version of the pack in which the step `accept` is called `reception`. */
const publishNewer = async (): Promise<string> => {
  const { database, site } = city.site;
  const services = site.use(Services) as OpenServices;
  const { data } = services.pack(from);
  const processes = data.processes.map((process) => ({
    ...process, xml: process.xml.replace(/\b(id|sourceRef|targetRef|attachedToRef|bpmnElement)="accept"/g, '$1="reception"').replace(/>accept<\/(bpmn:\w+Ref)>/g, '>reception</$1>'),
    names: { ...process.names, reception: 'Reception' },
  }));
  const newer = JSON.stringify({ ...data, version: '99.0.0', processes });
  const hash = createHash('sha256').update(newer).digest('hex');
  await database.as(database.system, async (tx) => {
    await tx.query('insert into services.pack_version (hash, code, version, data) values ($1, $2, $3, $4::jsonb)', [hash, data.code, '99.0.0', newer]);
    await tx.query('update services.service set pack_hash = $2 where pack = $1', [data.code, hash]);
  });
  for (const { xml } of processes) await site.use(Processes).keep(xml);
  await services.refresh();
  return hash;
};

beforeAll(async () => {
  city = await openCity();
  from = city.site.site.use(Services).current(service).packHash;
}, 120_000);
afterAll(() => city.close());

test('running cases go over to the new version of their pack: previewed, each whole or not at all, audited, by the administrator only', async () => {
  const citizens = [await city.citizen('citizen01'), await city.citizen('citizen02')] as const;
  const early = await applyForCard(city, citizens[0]);
  const late = await applyForCard(city, citizens[1]);
  await decide(city, 'window01', late, 'accept');
  to = await publishNewer();

  const admin = await city.official('admin');
  const move = (body: { run: boolean; mapping?: Record<string, string> }, who = admin) => who.call(api.moveCases, { params: { code: service }, body: { from, ...body } });
  await expect(move({ run: false }, await city.official('window01'))).rejects.toMatchObject({ problem: { status: 403 } });
  const bare = await move({ run: false });
  expect(bare).toMatchObject({ from, to, running: 2, fit: 1, moved: 0, unfit: [{ element: 'accept', rule: 'element.gone' }] });
  expect(await move({ run: false, mapping: { accept: 'reception' } })).toMatchObject({ fit: 2, moved: 0, unfit: [] });

  expect(await move({ run: true })).toMatchObject({ running: 2, moved: 1, unfit: [{ element: 'accept' }] });
  const { database } = city.site;
  const packs = async () => (await database.as(database.system, (tx) => tx.query<{ id: string; pack_hash: string }>('select id, pack_hash from cases.case where id = any($1)', [[early, late]]))).rows;
  expect(Object.fromEntries((await packs()).map((row) => [row.id, row.pack_hash]))).toEqual({ [early]: from, [late]: to });

  expect(await move({ run: true, mapping: { accept: 'reception' } })).toMatchObject({ running: 1, moved: 1, unfit: [] });
  expect(await move({ run: true, mapping: { accept: 'reception' } })).toMatchObject({ running: 0, moved: 0 });
  const open = await (await city.official('window01')).call(api.openCase, { params: { id: early } });
  expect(open.tasks).toMatchObject([{ element: 'reception', name: { en: 'Reception' } }]);
  const entries = await database.as(database.system, (tx) => tx.query<{ subject: string; detail: unknown }>("select subject, detail, name is not null and person is not null as named from audit.record where event = 'case.packChanged' order by subject"));
  expect(entries.rows).toEqual([early, late].sort().map((subject) => ({ subject, detail: { from, to }, named: true })));

  await decide(city, 'window01', early, 'accept');
  for (const id of [early, late]) {
    await decide(city, 'reviewer01', id, 'pass');
    expect((await decide(city, 'approver01', id, 'approve')).state).toBeGreaterThanOrEqual(8);
  }
});
