import type { NodeView } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { Directory } from '@zhengwu/directory';
import type { Site } from '@zhengwu/module';
import { controlById, controlsCiting } from './controls/all.ts';
import { evidence } from './controls/evidence.ts';
import { titleOf } from './controls/titles.ts';
import { fail } from './errors.ts';
import * as store from './store-links.ts';

const split = (node: string): [kind: string, name: string] => {
  const at = node.indexOf(':');
  return [node.slice(0, at), node.slice(at + 1)];
};
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const same = (words: string) => ({ zh: words, en: words });

const fixed = (node: string): NodeView | undefined => {
  const [kind, name] = split(node);
  const control = kind === 'control' ? controlById(name) : undefined;
  if (control) return { node, kind: 'control', register: null, title: { zh: `${control.id} ${control.title.zh}`, en: `${control.id} ${control.title.en}` }, state: control.state };
  const proof = kind === 'evidence' ? evidence[name] : undefined;
  return proof ? { node, kind: 'evidence', register: null, title: titleOf(name), state: null } : undefined;
};

/** What each node is called; nodes that do not exist or may not be seen are missing. */
export const nodesNamed = async (site: Site, tx: Tx, nodes: readonly string[]): Promise<Map<string, NodeView>> => {
  const named = new Map(nodes.flatMap((node) => fixed(node) ?? []).map((view) => [view.node, view]));
  const idsOf = (wanted: string) => nodes.map(split).filter(([kind, name]) => kind === wanted && UUID.test(name)).map(([, name]) => name);
  for (const { id, number, title, register, state } of await store.entriesNamed(tx, idsOf('entry'))) named.set(`entry:${id}`, { node: `entry:${id}`, kind: 'entry', register, title: same(`${number} ${title}`), state });
  const people = idsOf('person');
  if (people.length > 0) for (const { id, name } of await site.use(Directory).officials(people)) named.set(`person:${id}`, { node: `person:${id}`, kind: 'person', register: null, title: same(name), state: null });
  return named;
};

interface Step {
  id: string | null;
  kind: string;
  source: string;
  target: string;
}

/** Links that need no writing down: who answers for an entry, and what a control is proved by. */
const implied = async (tx: Tx, node: string): Promise<Step[]> => {
  const [kind, name] = split(node);
  if (kind === 'entry' && UUID.test(name)) {
    const owner = await store.ownerOf(tx, name);
    return owner === null ? [] : [{ id: null, kind: 'responsible', source: node, target: `person:${owner}` }];
  }
  if (kind === 'person' && UUID.test(name)) return (await store.ownedBy(tx, name)).map(({ id }) => ({ id: null, kind: 'responsible', source: `entry:${id}`, target: node }));
  if (kind === 'control') return (controlById(name)?.evidence ?? []).map((code) => ({ id: null, kind: 'proved-by', source: node, target: `evidence:${code}` }));
  return controlsCiting(name).slice(0, 100).map((control) => ({ id: null, kind: 'proved-by', source: `control:${control}`, target: node }));
};

/** A node with what it leads to and what leads to it: Policy → person → control → evidence → finding → rectification, either way. */
export const around = async (site: Site, tx: Tx, node: string) => {
  const steps: Step[] = [...(await implied(tx, node)), ...(await store.linksOf(tx, node))];
  const named = await nodesNamed(site, tx, [node, ...steps.flatMap(({ source, target }) => [source, target])]);
  const here = named.get(node);
  if (!here) throw fail('governance.no-node', { node });
  const towards = (end: 'source' | 'target') => steps.filter((step) => step[end === 'target' ? 'source' : 'target'] === node)
    .flatMap(({ id, kind, [end]: other }) => { const to = named.get(other); return to ? [{ id, kind, to }] : []; });
  return { here, forward: towards('target'), backward: towards('source') };
};
