import { expect, test } from 'vitest';
import { asTyped, brokenLine, emptyEntry, readItem, readTyped } from './catalogue-reading.ts';

test('an item is read from its line, and a line that lacks something is named', () => {
  expect(readItem('name | c | 名称 | Name | open')).toEqual({ name: 'name', kind: 'C', title: { zh: '名称', en: 'Name' }, isOpen: true });
  expect(readItem('name | C | 名称')).toBeNull();
  expect(readItem('name | X | 名称 | Name')).toBeNull();
  expect(readItem('name | C | 名称 | Name | yes')).toBeNull();
  expect(brokenLine('a | C | 甲 | A\n\nb | C')).toBe(2);
});

test('an entry goes through the form unchanged', () => {
  const metadata = readTyped({ ...emptyEntry, name: { zh: '道路占用', en: 'Road use' }, abstract: { zh: '摘要', en: 'Abstract' }, code: '399001/000001', sharing: '2', condition: { zh: '业务需要', en: 'for work' }, items: 'a | C | 甲 | A\nb | D | 乙 | B | open', related: '399001/000002' });
  expect(metadata.sharing).toEqual({ class: '2', mode: '3', condition: { zh: '业务需要', en: 'for work' }, basis: null });
  expect(readTyped(asTyped({ id: 'road', provider: { code: 'YC-GA', name: null }, register: null, state: 'draft', version: 1, published: null, metadata, changedAt: '', mayEdit: true, isOwn: true }))).toEqual(metadata);
});
