import { afterEach, describe, expect, test } from 'vitest';
import { assemble, policyOf } from './assemble.ts';
import { defineModule, key, type Module } from './module.ts';
import { definePolicy } from './policy.ts';
import { createTestSite, type TestSite } from './test-site.ts';

const greeting = key<string>('greeting');
const heard: string[] = [];
const speaker = defineModule({
  name: 'speaker',
  requires: [],
  setup: (site) => site.provide(greeting, '你好'),
  start: () => void heard.push('speaker starts'),
  stop: () => void heard.push('speaker stops'),
});
const listener = defineModule({
  name: 'listener',
  requires: ['speaker', 'events'],
  setup: (site) => void heard.push(site.use(greeting)),
  subscriptions: () => [{ name: 'listener.hears', types: ['word.said'], handle: (event) => { heard.push(event.subject); return Promise.resolve(); } }],
  start: () => void heard.push('listener starts'),
  stop: () => void heard.push('listener stops'),
});

let open: TestSite | undefined;
afterEach(async () => {
  await open?.drop();
  open = undefined;
});

test('modules are set up, started and stopped in the order of their requirements', async () => {
  heard.length = 0;
  const created = (open = await createTestSite({ modules: [listener, speaker] }));
  await created.start();
  await created.site.database.as(created.site.database.system, (tx) => created.site.events.append(tx, { type: 'word.said', subject: 'word' }));
  await expect.poll(() => heard.includes('word'), { timeout: 10_000 }).toBe(true);
  await created.stop();
  expect(heard).toEqual(['你好', 'speaker starts', 'listener starts', 'word', 'listener stops', 'speaker stops']);
});

describe('refused before anything starts', () => {
  const bare = (name: string, requires: string[], more: Partial<Module> = {}): Module => ({ name, requires, ...more });
  const nowhere = {} as Parameters<typeof assemble>[1];

  test('a missing requirement, a circle, one name twice', async () => {
    await expect(assemble([bare('a', ['b'])], nowhere)).rejects.toThrow('module a requires b');
    await expect(assemble([bare('a', ['b']), bare('b', ['a'])], nowhere)).rejects.toThrow('a → b → a');
    await expect(assemble([bare('a', []), bare('a', [])], nowhere)).rejects.toThrow('one name');
  });

  test('two rules for one operation, personal data without audit, a citizen with a permission', () => {
    const policy = definePolicy({ 'case.read': { who: 'official', permission: 'case.read', audit: null } });
    expect(() => policyOf([bare('a', [], { policy }), bare('b', [], { policy })])).toThrow('case.read');
    expect(() => definePolicy({ 'case.read': { who: 'official', audit: null, personal: true } })).toThrow('audit');
    expect(() => definePolicy({ 'case.read': { who: 'citizen', permission: 'case.read', audit: null } })).toThrow('officials');
  });
});
