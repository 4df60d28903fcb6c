import { itemKinds, type ResourceMetadata, type ResourceRow } from '@zhengwu/contracts';
import { linesOf } from './exchange-reading.ts';

type Item = ResourceMetadata['items'][number];
type Both = { zh: string; en: string };

/** An entry as it stands in the form. */
export interface TypedEntry {
  id: string;
  provider: string;
  name: Both;
  abstract: Both;
  code: string;
  kind: ResourceMetadata['class'];
  format: ResourceMetadata['format'];
  cycle: ResourceMetadata['cycle'];
  sharing: ResourceMetadata['sharing']['class'];
  mode: ResourceMetadata['sharing']['mode'];
  condition: Both;
  basis: Both;
  isOpen: boolean;
  items: string;
  related: string;
}

const none: Both = { zh: '', en: '' };
export const emptyEntry: TypedEntry = { id: '', provider: '', name: none, abstract: none, code: '', kind: '3', format: '3', cycle: '4', sharing: '1', mode: '3', condition: none, basis: none, isOpen: false, items: '', related: '' };

const OPEN = 'open';
const lineOf = ({ name, kind, title, isOpen }: Item): string => [name, kind, title.zh, title.en, ...(isOpen ? [OPEN] : [])].join(' | ');

/** One item of a line `field | kind | Chinese | English [| open]`; null where something is missing. */
export const readItem = (line: string): Item | null => {
  const [name = '', kind = '', zh = '', en = '', open = '', ...more] = line.split('|').map((part) => part.trim());
  const known = itemKinds.find((one) => one === kind.toUpperCase());
  return known && name && zh && en && more.length === 0 && (open === '' || open === OPEN) ? { name, kind: known, title: { zh, en }, isOpen: open === OPEN } : null;
};

const written = (items: string): string[] => items.split('\n').filter((line) => line.trim() !== '');
/** Number of the first line that is no item; null where all are. */
export const brokenLine = (items: string): number | null => {
  const at = written(items).findIndex((line) => readItem(line) === null);
  return at < 0 ? null : at + 1;
};

export const asTyped = ({ id, provider, metadata: { name, abstract, code, class: kind, format, cycle, sharing, openness, items, related } }: ResourceRow): TypedEntry => ({
  id, provider: provider.code, name, abstract, code, kind, format, cycle, sharing: sharing.class, mode: sharing.mode, condition: sharing.condition ?? none, basis: sharing.basis ?? none, isOpen: openness.isOpen, items: items.map(lineOf).join('\n'), related: related.join('\n'),
});

const trimmed = ({ zh, en }: Both): Both => ({ zh: zh.trim(), en: en.trim() });

/** What the catalogue takes; a condition and a basis go with their own sharing class alone. */
export const readTyped = (given: TypedEntry): ResourceMetadata => ({
  name: trimmed(given.name), abstract: trimmed(given.abstract), code: given.code.trim(), class: given.kind, format: given.format, cycle: given.cycle,
  items: written(given.items).flatMap((line) => readItem(line) ?? []),
  sharing: { class: given.sharing, mode: given.mode, condition: given.sharing === '2' ? trimmed(given.condition) : null, basis: given.sharing === '3' ? trimmed(given.basis) : null },
  openness: { isOpen: given.isOpen, condition: null }, related: linesOf(given.related),
});
