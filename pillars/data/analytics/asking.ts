import { join } from 'node:path';
import type { Actor, Question } from '@zhengwu/contracts';
import { Datasets, type Dataset, type Site } from '@zhengwu/module';
import type { Engine } from './engine/engine.ts';
import { fail } from './errors.ts';
import { statementOf, type Reach } from './question.ts';
import { folderOf } from './snapshots.ts';
import * as store from './store.ts';

/** Which rows of a data set this person reaches by the permission that reads them; undefined when none. */
export const reachOf = (actor: Actor, dataset: Dataset): Reach | undefined => {
  const grant = actor.permissions[dataset.permission];
  if (!grant) return undefined;
  if (grant.scope === 'all' || dataset.shared === true) return 'all';
  return grant.scope === 'own' || dataset.department === null ? undefined : grant.departments;
};

/** The data sets that somebody may reckon with. */
export const reachable = (site: Site, actor: Actor): readonly Dataset[] => site.use(Datasets)().filter((dataset) => reachOf(actor, dataset) !== undefined);

export const snapshotsOf = ({ database }: Site): Promise<store.Snapshot[]> => database.as(database.system, store.selectSnapshots, { readOnly: true });

const SHOWN = 1000;

/** Answers a question over the newest snapshot, of the rows that the reader reaches. */
export const answer = async (site: Site, engine: Engine, actor: Actor, question: Question) => {
  const dataset = reachable(site, actor).find((one) => one.code === question.dataset);
  const reach = dataset && reachOf(actor, dataset);
  if (!dataset || reach === undefined) throw fail('analytics.dataset-unknown', { dataset: question.dataset });
  const limit = question.limit ?? SHOWN;
  const snapshot = (await snapshotsOf(site)).find((one) => one.dataset === dataset.code);
  if (!snapshot) throw fail('analytics.no-snapshot', { dataset: dataset.code });
  const { columns, rows } = await engine.ask(statementOf(dataset, join(folderOf(site), snapshot.file), { ...question, limit }, reach));
  const names = [...(question.period ? ['period'] : []), ...question.by, ...columns.slice(-2)];
  return { takenAt: snapshot.takenAt.toISOString(), columns: names, rows: rows.slice(0, limit).map((row) => row.map((cell) => (typeof cell === 'boolean' ? String(cell) : cell))), cut: rows.length > limit };
};
