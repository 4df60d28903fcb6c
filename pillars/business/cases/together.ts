import type { Actor, checkDraft, MyCaseDetail, ResponseOf, Text } from '@zhengwu/contracts';
import { myCaseDetail } from './applicant-view.ts';
import { beginOf, toBegin } from './applying.ts';
import { repeatable } from './commands.ts';
import type { Once } from './committing.ts';
import { begunDraft, draftCheck, giveAnswers, prefilledOf, type Counter, type Siblings } from './draft.ts';
import type { DraftRow } from './store-drafts.ts';
import type { Submitted } from './submission.ts';

export type { Siblings } from './draft.ts';
type Check = ResponseOf<typeof checkDraft>;

/** A draft of one of several services that are applied for as one: its pages with something to ask, its answers, and its case once it is handed in. */
export interface Part {
  draft: string;
  service: Text;
  code: string;
  department: Text;
  answers: Readonly<Record<string, unknown>>;
  /** `open`: keys of what the page still asks. */
  steps: { id: string; title: Text; done: boolean; open: string[] }[];
  case: string | null;
}

const stepsOf = ({ forms }: Counter, row: DraftRow): Part['steps'] => {
  const wrong = new Set(forms.checkAll(row.pack_hash, row.service, row.answers, row.facts).map((issue) => issue.step));
  const locked = new Set(prefilledOf(row).filter((one) => one.locked).map(({ key }) => key));
  return forms.steps(row.pack_hash, row.service)
    .map(({ id, title }) => ({ id, title, done: row.completed.includes(id) && !wrong.has(id), open: forms.visible(row.pack_hash, row.service, id, row.answers, row.facts).filter((key) => !locked.has(key)) }))
    .filter(({ open }) => open.length > 0);
};

const partOf = (counter: Counter, row: DraftRow): Part => {
  const { name, department } = counter.desk.serviceOf(row.pack_hash, row.service);
  return { draft: row.id, code: row.service, service: name, department: department.name, answers: row.answers, steps: row.submitted_case ? [] : stepsOf(counter, row), case: row.submitted_case };
};

/** Begins the drafts of one matter, each filled in with what is held. */
export const beginTogether = async (counter: Counter, actor: Actor, matter: string, services: readonly string[]): Promise<{ id: string; service: string }[]> => {
  const rows = [];
  for (const service of services) rows.push(await begunDraft(counter, actor, service, matter));
  return rows.map(({ id, service }) => ({ id, service }));
};

/** What the drafts of a matter hold now; one that is gone is left out. */
export const partsOf = async (counter: Counter, actor: Actor, drafts: readonly string[]): Promise<Part[]> => {
  const rows = await Promise.all(drafts.map((id) => counter.drafts.read(actor, id)));
  return rows.flatMap((row) => (row ? [partOf(counter, row)] : []));
};

/** Puts answers given in another part into this one, where they are shown and not asked again. */
export const passAnswers = (counter: Counter, actor: Actor, draft: string, answers: Readonly<Record<string, unknown>>, source: Text): Promise<void> => giveAnswers(counter, actor, draft, answers, source);

/** One part for checking; papers given in another part of the matter count here too. */
export const checkTogether = (counter: Counter, actor: Actor, draft: string, siblings: Siblings): Promise<Check> => draftCheck(counter, actor, draft, siblings);

/** Hands in several drafts at the same moment, all or none; its key makes it happen once. Throws as `submitDraft` does, for the first that lacks something. */
export const submitTogether = (counter: Counter, actor: Actor, drafts: readonly string[], siblings: Siblings, once: Once): Promise<{ cases: Submitted[] }> =>
  repeatable(counter.desk, { actor, once }, async () => {
    const begun = [];
    for (const draft of drafts) begun.push(await beginOf(counter, actor, await toBegin(counter, actor, draft, siblings)));
    return counter.desk.store.commitAll(actor, begun.map(({ flow }) => flow.unit), { cases: begun.map(({ answer }) => answer) }, once);
  });

/** How a case stands, as its applicant sees it. */
export const standing = async (counter: Counter, actor: Actor, id: string): Promise<MyCaseDetail> => {
  const whole = await counter.work.view(actor, id);
  return myCaseDetail(counter.desk.ground, counter.desk.serviceOf(whole.case.pack_hash, whole.case.service), whole, counter.desk.now(), null);
};
