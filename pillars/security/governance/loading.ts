import type { Tx } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { scan } from './assets.ts';
import { checkFields, knownRegister, laterBy } from './entry.ts';
import { today } from './keeping.ts';
import { addLink } from './store-links.ts';
import * as store from './store.ts';

/** One entry of a city's beginning; people by user name, days counted from today. */
export interface SampleEntry {
  key: string;
  register: string;
  title: string;
  fields: Readonly<Record<string, unknown>>;
  owner?: string;
  state: string;
  dueIn?: number;
  reviewIn?: number;
  /** Acts that led here: who did what, so many days ago, and why. */
  deeds: readonly (readonly [who: string, act: string, ago: number, reason?: string])[];
}
export interface GovernanceSample {
  department: number;
  entries: readonly SampleEntry[];
  /** Nodes: `entry:KEY`, `person:USERNAME`, or as they are. */
  links: readonly (readonly [from: string, kind: string, to: string])[];
}

interface Known {
  people: ReadonlyMap<string, { id: string; name: string }>;
  entries: ReadonlyMap<string, string>;
}

const loadEntry = async (tx: Tx, sample: SampleEntry, department: number, day: string, { people }: Known): Promise<string> => {
  const register = knownRegister(sample.register);
  const id = uuidv7();
  const number = await store.nextNumber(tx, register.prefix, day.slice(0, 4));
  const at = (days: number | undefined) => (days === undefined ? null : laterBy(day, days));
  const owner = people.get(sample.owner ?? '')?.id ?? null;
  const [maker] = sample.deeds;
  await store.insertEntry(tx, { id, number, register: register.code, title: sample.title, fields: checkFields(register, sample.fields), department, owner, state: sample.state, due: at(sample.dueIn), review: at(sample.reviewIn), version: 1 }, people.get(maker?.[0] ?? '')?.id ?? null);
  for (const [index, [who, act, ago, reason]] of sample.deeds.entries()) {
    const person = people.get(who);
    await store.addPastChange(tx, id, { personId: person?.id ?? null, name: person?.name ?? who }, { version: index + 1, act, reason: reason ?? null, before: null, after: { state: act } }, laterBy(day, -ago));
  }
  await store.setVersion(tx, id, Math.max(1, sample.deeds.length));
  return id;
};

const nodeOf = (node: string, { people, entries }: Known): string => {
  const [kind, name = ''] = [node.slice(0, node.indexOf(':')), node.slice(node.indexOf(':') + 1)];
  if (kind === 'entry') return `entry:${entries.get(name)}`;
  return kind === 'person' ? `person:${people.get(name)?.id}` : node;
};

/** Fills empty registers; a site that has entries is left as it is. */
export const loadGovernance = (site: Site, { department, entries, links }: GovernanceSample): Promise<boolean> =>
  site.database.as(site.database.system, async (tx) => {
    if ((await store.placesOf(tx)).length > 0) return false;
    const day = today(site);
    const people = await store.peopleByAccount(tx);
    const made = new Map<string, string>();
    for (const sample of entries) made.set(sample.key, await loadEntry(tx, sample, department, day, { people, entries: made }));
    const known = { people, entries: made };
    for (const [from, kind, to] of links) await addLink(tx, { id: uuidv7(), source: nodeOf(from, known), target: nodeOf(to, known), kind }, null);
    await scan(site, tx, { department, personId: null, name: 'Zhengwu' });
    return true;
  });
