import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { Processes } from '@zhengwu/processes';
import { Services, type OpenServices } from '@zhengwu/services';
import { openCity, type TestCity } from './test/city.ts';
import { applyForCard, decide, until } from './test/people.ts';

const service = 'identity-card-replacement';
const SIGNAL = '<bpmn:signal id="mended" name="registry.mended"/>';
/** Accepting throws; whoever still waits to be accepted goes on to the review. */
const DRAWN = `<bpmn:intermediateThrowEvent id="thrown"><bpmn:signalEventDefinition signalRef="mended"/></bpmn:intermediateThrowEvent>
  <bpmn:sequenceFlow id="thrown-to-review" sourceRef="thrown" targetRef="review"/>
  <bpmn:boundaryEvent id="heard" attachedToRef="accept"><bpmn:signalEventDefinition signalRef="mended"/></bpmn:boundaryEvent>
  <bpmn:sequenceFlow id="heard-to-record" sourceRef="heard" targetRef="recordAcceptance2"/>
  <bpmn:serviceTask id="recordAcceptance2" zhengwu:operation="cases.accept"/>
  <bpmn:sequenceFlow id="record-to-review" sourceRef="recordAcceptance2" targetRef="review"/></bpmn:process>`;
const STARTED = `<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zhengwu="http://zhengwu.example/bpmn" id="d" targetNamespace="t">${SIGNAL}
  <bpmn:process id="watch" isExecutable="true"><bpmn:startEvent id="s"><bpmn:signalEventDefinition signalRef="mended"/></bpmn:startEvent><bpmn:endEvent id="e"/><bpmn:sequenceFlow id="f" sourceRef="s" targetRef="e"/></bpmn:process></bpmn:definitions>`;
let city: TestCity;

const publish = async (): Promise<void> => {
  const { database, site } = city.site;
  const services = site.use(Services) as OpenServices;
  const { data } = services.pack(services.current(service).packHash);
  const processes = data.processes.map((process) => (!process.xml.includes('id="recordAcceptance-to-review"') || !process.xml.includes('id="replacement"') ? process : {
    ...process, xml: process.xml.replace('<bpmn:process', `${SIGNAL}<bpmn:process`).replace(/(<bpmn:sequenceFlow id="recordAcceptance-to-review"[^>]*targetRef=)"review"/, '$1"thrown"').replace('</bpmn:process>', DRAWN)
      .replace('<bpmn:incoming>recordAcceptance-to-review</bpmn:incoming>', ''),
    names: { ...process.names, thrown: 'Thrown', heard: 'Heard', recordAcceptance2: 'Record' },
  }));
  const newer = JSON.stringify({ ...data, version: '99.0.0', processes });
  const hash = createHash('sha256').update(newer).digest('hex');
  await database.as(database.system, async (tx) => {
    await tx.query('insert into services.pack_version (hash, code, version, data) values ($1, $2, $3, $4::jsonb)', [hash, data.code, '99.0.0', newer]);
    await tx.query('update services.service set pack_hash = $2 where pack = $1', [data.code, hash]);
  });
  for (const { xml } of processes) await site.use(Processes).keep(xml);
  const started = await site.use(Processes).keep(STARTED);
  await site.use(Processes).activate(started.map((one) => ({ owner: 'test', hash: one.hash })), site.clock.now(), { dueOf: () => '' });
  await services.refresh();
};

beforeAll(async () => {
  city = await openCity();
  await publish();
}, 120_000);
afterAll(() => city.close());

test('a signal that one case throws is caught by another that waits for it, and begins a process, once (BPMN 2.0 §10.5.1)', async () => {
  const citizen = await city.citizen('citizen01');
  const waiting = await applyForCard(city, citizen);
  const throwing = await applyForCard(city, await city.citizen('citizen02'));
  await decide(city, 'window01', throwing, 'accept');
  const official = await city.official('window01');
  const read = () => official.call(api.openCase, { params: { id: waiting } });
  const heard = await until(read, (detail) => detail.tasks.some((task) => task.element === 'review'));
  expect(heard.tasks.filter((task) => task.element === 'review')).toHaveLength(1);
  expect(heard.state).toBe(8);
  const { database } = city.site;
  const count = async (text: string, values: unknown[] = []) => Number((await database.as(database.system, async (tx) => (await tx.query<{ n: string }>(text, values)).rows))[0]?.n);
  await expect.poll(() => count(`select count(*) as n from processes.begun where process = 'test/watch'`)).toBe(1);
  await expect.poll(() => count(`select count(*) as n from cases.task where case_id = $1 and element = 'review'`, [throwing])).toBe(1);
});
