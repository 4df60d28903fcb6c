import type { Actor, BodyOf, Draft, ResponseOf, Text } from '@zhengwu/contracts';
import type { checkDraft, getDraftStep, saveDraftStep } from '@zhengwu/contracts';
import { uuidv7 } from '@zhengwu/ids';
import { sectionsOf } from './answers.ts';
import type { Desk } from './commands.ts';
import { fail } from './errors.ts';
import type { Forms, Known } from './forms.ts';
import type { People } from './people.ts';
import type { DraftRow, DraftStore, UploadRow } from './store-drafts.ts';
import type { Slots } from './appointments.ts';
import type { WorkStore } from './store-work.ts';

/** What applying stands on. */
export interface Counter {
  desk: Desk;
  forms: Forms;
  drafts: DraftStore;
  people: People;
  slots: Slots;
  work: WorkStore;
  numbers: { next(): Promise<number> };
  /** The city's division code, first part of case numbers. */
  division: string;
}

const DAYS_KEPT = 60;

const viewOf = (counter: Counter, row: DraftRow): Draft => ({
  id: row.id, submissionKey: row.submission_key, service: { code: row.service, name: counter.desk.serviceOf(row.pack_hash, row.service).name },
  onBehalfOf: { id: row.applicant, name: row.applicant_name, kind: row.applicant_kind }, values: row.answers, completedSteps: row.completed,
  stepCount: counter.forms.steps(row.pack_hash, row.service).length,
  steps: counter.forms.steps(row.pack_hash, row.service).map(({ id, title }) => ({ id, title })), updatedAt: new Date(row.updated_at).toISOString(),
  expiresAt: new Date(row.expires_at).toISOString(), version: row.version,
});

/** Refuses whom the service does not know surely enough; at the window a clerk looks at the document. */
export const demandIdentity = ({ assurance }: { assurance: number }, { kind, verified }: Actor): void => {
  if (kind === 'citizen' && assurance > 1 && verified !== true) throw fail('case.identity-unchecked');
};

/** Begins an application: facts are read once, what is known is filled in. */
export const beginDraft = async (counter: Counter, actor: Actor, service: string): Promise<Draft> => viewOf(counter, await begunDraft(counter, actor, service, null));

/** The row of a new draft, alone or as a part of a matter. */
export const begunDraft = async (counter: Counter, actor: Actor, service: string, together: string | null): Promise<DraftRow> => {
  const { packHash } = counter.forms.current(service);
  demandIdentity(counter.desk.serviceOf(packHash, service), actor);
  const applicant = await counter.people.applicant(actor);
  const known = await counter.forms.known(actor, packHash, service, applicant);
  const now = counter.desk.now();
  const row: DraftRow = {
    id: uuidv7(), submission_key: uuidv7(), service, pack_hash: packHash, owner: actor.personId as string, applicant: applicant.id,
    applicant_name: applicant.name, applicant_kind: applicant.kind, answers: Object.fromEntries(known.prefilled.map(({ key, value }) => [key, value])),
    facts: { ...known.facts, prefilled: known.prefilled }, completed: [],
    created_at: now.toISOString(), updated_at: now.toISOString(), expires_at: new Date(now.getTime() + DAYS_KEPT * 86_400_000).toISOString(), touched: 0,
    submitted_case: null, version: 1, together,
  };
  await counter.drafts.insert(actor, row);
  return row;
};

export const listDrafts = async (counter: Counter, actor: Actor): Promise<{ items: Draft[] }> => ({
  items: (await counter.drafts.list(actor)).map((row) => viewOf(counter, row)),
});

const open = async (counter: Counter, actor: Actor, id: string): Promise<DraftRow> => {
  const row = await counter.drafts.read(actor, id);
  if (!row || row.submitted_case) throw fail('draft.unknown');
  return row;
};

export const prefilledOf = (row: Pick<DraftRow, 'facts'>): Known['prefilled'] => (row.facts['prefilled'] ?? []) as Known['prefilled'];

/** Answers of a step as they are shown: what is on file stands where nothing was answered yet, also in a question that comes up later. */
const shownValues = (row: DraftRow, step: string, keys: string[]): Record<string, unknown> => {
  const isAnswered = row.completed.includes(step);
  const onFile = new Map(isAnswered ? [] : prefilledOf(row).map(({ key, value }) => [key, value]));
  return Object.fromEntries(keys.map((key) => [key, row.answers[key] ?? onFile.get(key)]).filter(([, value]) => value !== undefined));
};

/** Where one goes after a step: the next step with something to ask, then materials, then check. */
const nextOf = (counter: Counter, row: DraftRow, step: string): string => {
  const steps = counter.forms.steps(row.pack_hash, row.service);
  const index = steps.findIndex((one) => one.id === step);
  for (const later of steps.slice(index + 1)) {
    if (counter.forms.visible(row.pack_hash, row.service, later.id, row.answers, row.facts).length > 0) return later.id;
  }
  const asked = counter.forms.materials(row.pack_hash, row.service, row.answers, row.facts);
  return step !== 'materials' && asked.length > 0 ? 'materials' : 'check';
};

/** One page of an application with what is already known. */
export const draftStep = async (counter: Counter, actor: Actor, id: string, stepId: string): Promise<ResponseOf<typeof getDraftStep>> => {
  const row = await open(counter, actor, id);
  const steps = counter.forms.steps(row.pack_hash, row.service);
  const index = steps.findIndex((one) => one.id === stepId);
  const step = steps[index];
  if (!step) throw fail('draft.step-unknown');
  const keys = step.layout.map((field) => field.key);
  return {
    draft: viewOf(counter, row), step, position: index + 1, count: steps.length,
    visible: counter.forms.visible(row.pack_hash, row.service, stepId, row.answers, row.facts),
    values: shownValues(row, stepId, keys),
    prefilled: prefilledOf(row).filter(({ key }) => keys.includes(key)).map(({ key, source, locked }) => ({ key, source, locked })),
    slots: await counter.slots.forStep(step),
    previous: steps[index - 1]?.id ?? null, next: nextOf(counter, row, stepId),
  };
};

/** Locked answers stay what the register said, whatever is sent. */
const withoutLocked = (row: DraftRow, values: Record<string, unknown>): Record<string, unknown> => {
  const locked = new Set(prefilledOf(row).filter((one) => one.locked).map((one) => one.key));
  return Object.fromEntries(Object.entries(values).filter(([key]) => !locked.has(key)));
};

/** What registers say to the answers as they are now. */
const factsFor = async (counter: Counter, actor: Actor, row: DraftRow, answers: Record<string, unknown>): Promise<Record<string, unknown>> => {
  const applicant = await counter.people.applicant({ ...actor, onBehalfOf: row.applicant });
  return (await counter.forms.known(actor, row.pack_hash, row.service, applicant, answers)).facts;
};

/** Keeps a page; when something is wrong the answers are kept all the same and every issue is named. */
export const saveStep = async (
  counter: Counter, actor: Actor, id: string, stepId: string, body: BodyOf<typeof saveDraftStep>,
): Promise<ResponseOf<typeof saveDraftStep>> => {
  const row = await open(counter, actor, id);
  const step = counter.forms.steps(row.pack_hash, row.service).find((one) => one.id === stepId);
  if (!step) throw fail('draft.step-unknown');
  const answers = { ...row.answers };
  for (const field of step.layout) delete answers[field.key];
  const locked = Object.fromEntries(prefilledOf(row).filter((one) => one.locked).map(({ key }) => [key, row.answers[key]]));
  // Keys of other steps, or of none, are named as issues below and never kept: nothing else could take them out again.
  const asked = new Set(step.layout.map((field) => field.key));
  Object.assign(answers, Object.fromEntries(Object.entries(withoutLocked(row, body.values)).filter(([key]) => asked.has(key))), locked);
  const own = Object.fromEntries(step.layout.map(({ key }) => [key, answers[key]]).filter(([, value]) => value !== undefined));
  const facts = counter.forms.readsFacts(row.pack_hash, row.service, stepId) ? { ...row.facts, ...(await factsFor(counter, actor, row, answers)) } : row.facts;
  const issues = counter.forms.checkStep(row.pack_hash, row.service, stepId, { ...own, ...withoutLocked(row, body.values) }, answers, facts);
  const now = counter.desk.now();
  const completed = issues.length === 0 ? [...new Set([...row.completed, stepId])] : row.completed.filter((one) => one !== stepId);
  const spent = Math.min(600, Math.max(0, Math.round((now.getTime() - new Date(row.updated_at).getTime()) / 1000)));
  const changed: DraftRow = { ...row, answers, completed, updated_at: now.toISOString(), touched: row.touched + spent, version: row.version + 1 };
  await counter.drafts.save(actor, changed, row.version);
  if (issues.length > 0) throw fail('case.answers-invalid', {}, { issues });
  return { draft: viewOf(counter, changed), next: nextOf(counter, changed, stepId) };
};

/** The draft with what registers say now: a record may have lapsed, or arrived, since it was begun. */
const upToDate = async (counter: Counter, actor: Actor, row: DraftRow): Promise<DraftRow> => ({
  ...row, facts: { ...row.facts, ...(await factsFor(counter, actor, row, row.answers)) },
});

/** Drafts of one matter, and the papers that mean the same in each. */
export interface Siblings {
  drafts: readonly string[];
  materials: readonly string[];
}
const ALONE: Siblings = { drafts: [], materials: [] };

/** Papers given in this draft, and those given in another part of its matter that it need not have again. */
const uploadsFor = async (counter: Counter, actor: Actor, id: string, siblings: Siblings): Promise<UploadRow[]> => {
  const [own, others] = await Promise.all([
    counter.drafts.uploads(actor, id), Promise.all(siblings.drafts.filter((one) => one !== id).map((one) => counter.drafts.uploads(actor, one))),
  ]);
  return [...own, ...others.flat().filter(({ material }) => siblings.materials.includes(material) && !own.some((one) => one.material === material))];
};

/** Puts answers given elsewhere in the matter in place, locked: shown with where they come from, and kept for as long as the matter takes. */
export const giveAnswers = async (counter: Counter, actor: Actor, id: string, given: Readonly<Record<string, unknown>>, source: Text): Promise<void> => {
  const row = await open(counter, actor, id);
  const steps = counter.forms.steps(row.pack_hash, row.service);
  const asked = new Set(steps.flatMap((step) => step.layout.map(({ key }) => key)));
  const passed = Object.entries(given).filter(([key]) => asked.has(key));
  const held = prefilledOf(row).filter(({ key, locked }) => locked || !passed.some(([one]) => one === key));
  const fresh = passed.filter(([key]) => !held.some((one) => one.key === key && one.locked && one.source.zh !== source.zh));
  const prefilled = [...held.filter(({ key }) => !fresh.some(([one]) => one === key)), ...fresh.map(([key, value]) => ({ key, value, source, locked: true }))];
  const answers = { ...row.answers, ...Object.fromEntries(fresh) };
  await counter.drafts.pass(actor, { ...row, answers, facts: { ...row.facts, prefilled }, expires_at: new Date(counter.desk.now().getTime() + DAYS_KEPT * 86_400_000).toISOString() }, row.version);
};

/** Keeps a draft that waits for its turn for longer than one that nobody goes on with. */
export const keepLonger = async (counter: Counter, actor: Actor, id: string, days: number): Promise<void> => {
  const row = await open(counter, actor, id);
  await counter.drafts.pass(actor, { ...row, expires_at: new Date(counter.desk.now().getTime() + days * 86_400_000).toISOString() }, row.version);
};

type Materials = ResponseOf<typeof checkDraft>['materials'];
const withFiles = (counter: Counter, row: DraftRow, uploads: UploadRow[]): Materials =>
  counter.forms.materials(row.pack_hash, row.service, row.answers, row.facts).map((asked) => ({
    ...asked,
    files: uploads.filter((one) => one.material === asked.material.code && one.file_hash)
      .map((one) => ({ id: one.id, name: one.name, size: one.size ?? 0, type: one.file_type ?? one.declared_type })),
  }));

export const draftMaterials = async (counter: Counter, actor: Actor, id: string): Promise<{ draft: Draft; materials: Materials }> => {
  const row = await upToDate(counter, actor, await open(counter, actor, id));
  return { draft: viewOf(counter, row), materials: withFiles(counter, row, await counter.drafts.uploads(actor, id)) };
};

/** Everything still missing before a draft can be submitted: answers first, then materials. */
const missingOf = (counter: Counter, row: DraftRow, materials: Materials): ResponseOf<typeof checkDraft>['missing'] => [
  ...counter.forms.checkAll(row.pack_hash, row.service, row.answers, row.facts).map((issue) => ({
    step: issue.step, path: issue.path,
    message: typeof issue.message === 'object' ? issue.message : { zh: '请填写或修改这一项', en: 'Fill in or change this answer' },
  })),
  ...materials.filter((one) => one.needed && one.material.need === 'required' && !one.satisfiedBy && one.files.length === 0).map((one) => ({
    step: 'materials', path: `/materials/${one.material.code}`, message: { zh: `请上传“${one.material.name.zh}”`, en: `Upload “${one.material.name.en}”` },
  })),
];

/** All answers for checking, with what is still missing. */
export const draftCheck = async (counter: Counter, actor: Actor, id: string, siblings: Siblings = ALONE): Promise<ResponseOf<typeof checkDraft>> => {
  const row = await upToDate(counter, actor, await open(counter, actor, id));
  const service = counter.desk.serviceOf(row.pack_hash, row.service);
  const materials = withFiles(counter, row, await uploadsFor(counter, actor, id, siblings));
  const sources = new Map(prefilledOf(row).map((one) => [one.key, one.source]));
  return {
    draft: viewOf(counter, row),
    sections: sectionsOf(service.form, row.answers, true).map((section) => ({
      step: section.step, title: section.title, answers: section.answers.map(({ key, question, display }) => ({ key, question, display, source: sources.get(key) })),
    })),
    materials, fee: counter.forms.fee(row.pack_hash, row.service, row.answers, row.facts), promisedDays: service.promisedDays,
    fetched: counter.forms.fetched(row.facts) ?? undefined,
    missing: missingOf(counter, row, materials),
  };
};

export const discardDraft = async (counter: Counter, actor: Actor, id: string): Promise<{ discarded: boolean }> => ({
  discarded: await counter.drafts.discard(actor, id),
});

/** What a draft holds, complete by what registers say now; refused with everything missing at once. */
export const readyDraft = async (counter: Counter, actor: Actor, id: string, siblings: Siblings = ALONE): Promise<{ row: DraftRow; uploads: UploadRow[]; materials: Materials }> => {
  const kept = await counter.drafts.read(actor, id);
  if (!kept) throw fail('draft.unknown');
  const row = kept.submitted_case ? kept : await upToDate(counter, actor, kept);
  if (!row.submitted_case) demandIdentity(counter.desk.serviceOf(row.pack_hash, row.service), actor);
  const uploads = await uploadsFor(counter, actor, id, siblings);
  const materials = withFiles(counter, row, uploads);
  const missing = row.submitted_case ? [] : missingOf(counter, row, materials);
  if (missing.length > 0) {
    throw fail(missing.some((one) => one.step !== 'materials') ? 'case.answers-invalid' : 'case.materials-missing', {}, {
      issues: missing.map((one) => ({ path: one.path, code: 'required', message: one.message })),
    });
  }
  return { row, uploads, materials };
};

