import type { Actor, BodyOf } from '@zhengwu/contracts';
import type { Issue } from '@zhengwu/errors';
import type { correctCase, intakeCase, submitCase } from '@zhengwu/contracts';
import { uuidv7 } from '@zhengwu/ids';
import { correct } from './applicant-acts.ts';
import { onCase, repeatable } from './commands.ts';
import { demandIdentity, prefilledOf, readyDraft, type Counter, type Siblings } from './draft.ts';
import { fail } from './errors.ts';
import type { Known } from './forms.ts';
import type { MaterialRow } from './rows.ts';
import { slotIssues } from './slots.ts';
import { wrongState } from './states.ts';
import type { Once } from './committing.ts';
import type { UploadRow } from './store-drafts.ts';
import { beginCase, type Applicant, type Application, type Submitted } from './submission.ts';

type Given = Application['materials'];

const fileOf = (upload: UploadRow): Given[number] => ({
  code: upload.material, file_hash: upload.file_hash, file_name: upload.name, file_type: upload.file_type, file_size: upload.size, satisfied_zh: null, satisfied_en: null,
});

const satisfied = (code: string, by: { zh: string; en: string }): Given[number] => ({
  code, file_hash: null, file_name: null, file_type: null, file_size: null, satisfied_zh: by.zh, satisfied_en: by.en,
});

type ToBegin = Omit<Application, 'sequence' | 'division' | 'service'> & { packHash: string; code: string };

/** The first steps of a case with all that is to be written; nothing is yet. */
export const beginOf = async (counter: Counter, actor: Actor, application: ToBegin): Promise<ReturnType<typeof beginCase>> => {
  const { packHash, code, ...rest } = application;
  const sequence = await counter.numbers.next();
  return beginCase(counter.desk.ground, actor, { ...rest, service: counter.desk.serviceOf(packHash, code), sequence, division: counter.division }, counter.desk.now());
};

const begin = async (counter: Counter, actor: Actor, application: ToBegin, once: Once): Promise<Submitted> => {
  const { flow, answer } = await beginOf(counter, actor, application);
  return counter.desk.store.commit(actor, flow.unit, answer, once);
};

/** Everything wrong with the answers of a whole application. */
const issuesOf = (counter: Counter, packHash: string, service: string, answers: Record<string, unknown>, facts: Record<string, unknown>): Issue[] => [
  ...counter.forms.checkAll(packHash, service, answers, facts),
  ...slotIssues(counter.desk.serviceOf(packHash, service).form, answers, counter.desk.ground.calendar(), counter.desk.now()),
];

/** Submits a draft; its submission key makes it happen once, however often the button is pressed. */
export const submitDraft = (counter: Counter, actor: Actor, id: string, once: Once): Promise<Submitted> =>
  repeatable(counter.desk, { actor, once }, () => submitReady(counter, actor, id, once));

const submitReady = async (counter: Counter, actor: Actor, id: string, once: Once): Promise<Submitted> => begin(counter, actor, await toBegin(counter, actor, id), once);

/** A draft as an application: whole, valid, with its papers; refused with everything missing at once. */
export const toBegin = async (counter: Counter, actor: Actor, id: string, siblings?: Siblings): Promise<ToBegin> => {
  const { row, uploads, materials } = await readyDraft(counter, actor, id, siblings);
  const applicant = await counter.people.applicant({ ...actor, onBehalfOf: row.applicant });
  const { prefilled: _, ...facts } = row.facts;
  const issues = row.submitted_case ? [] : issuesOf(counter, row.pack_hash, row.service, row.answers, facts);
  if (issues.length > 0) throw fail('case.answers-invalid', {}, { issues });
  return {
    packHash: row.pack_hash, code: row.service, applicant, answers: row.answers, facts, prefilled: prefilledOf(row).map(({ key, source }) => ({ key, source })),
    materials: [
      ...uploads.filter(({ material }) => materials.some((one) => one.material.code === material)).map(fileOf),
      ...materials.flatMap((one) => (one.satisfiedBy && one.files.length === 0 ? [satisfied(one.material.code, one.satisfiedBy)] : [])),
    ],
    channel: 'portal', draft: { id: row.id, version: row.version },
  };
};

/** Answers with what is held already put in place: locked ones always, others where nothing was given. */
const complete = (known: Known, values: Record<string, unknown>): Record<string, unknown> => {
  const answers = { ...values };
  for (const { key, value, locked } of known.prefilled) if (locked || answers[key] === undefined) answers[key] = value;
  return answers;
};

/** The files named by an application: each must have arrived for this service, as the material it is named for. */
const ownUploads = async (
  counter: Counter, actor: Actor, service: string, named: readonly { material: string; upload: string }[], known: (material: string) => boolean,
): Promise<UploadRow[]> => {
  if (named.length === 0) return [];
  const uploads = await counter.drafts.uploadsById(actor, named.map((one) => one.upload));
  const fits = ({ material, upload }: (typeof named)[number]) =>
    known(material) && uploads.some((one) => one.id === upload && one.material === material && one.service === service);
  const issues = named.filter((one) => !fits(one)).map(({ material }) => ({
    path: `/materials/${material}`, code: 'unknown', message: { zh: '没有找到为这份材料上传的文件，请重新上传', en: 'No file was uploaded for this material; upload it again' },
  }));
  if (issues.length > 0) throw fail('case.materials-missing', {}, { issues });
  return uploads;
};

const checked = async (
  counter: Counter, actor: Actor, service: string, applicant: Applicant, values: Record<string, unknown>, materials: readonly { material: string; upload: string }[],
): Promise<Omit<Application, 'sequence' | 'division' | 'service' | 'channel'> & { packHash: string; code: string }> => {
  const { packHash } = counter.forms.current(service);
  const all = counter.forms.allMaterials(packHash, service);
  const [known, uploads] = await Promise.all([
    counter.forms.known(actor, packHash, service, applicant, values),
    ownUploads(counter, actor, service, materials, (code) => all.some((one) => one.code === code)),
  ]);
  const answers = complete(known, values);
  const issues = issuesOf(counter, packHash, service, answers, known.facts);
  if (issues.length > 0) throw fail('case.answers-invalid', {}, { issues });
  const asked = counter.forms.materials(packHash, service, answers, known.facts);
  const missing = asked.filter((one) => one.needed && one.material.need === 'required' && !one.satisfiedBy && !uploads.some((upload) => upload.material === one.material.code));
  if (missing.length > 0) {
    throw fail('case.materials-missing', {}, {
      issues: missing.map((one) => ({ path: `/materials/${one.material.code}`, code: 'required', message: { zh: `请上传“${one.material.name.zh}”`, en: `Upload “${one.material.name.en}”` } })),
    });
  }
  return {
    packHash, code: service, applicant, answers, facts: known.facts, prefilled: known.prefilled.map(({ key, source }) => ({ key, source })),
    materials: [...uploads.map(fileOf), ...asked.flatMap((one) => (one.satisfiedBy && !uploads.some((upload) => upload.material === one.material.code) ? [satisfied(one.material.code, one.satisfiedBy)] : []))],
  };
};

/** Submits an application whole, in one request. */
export const submitWhole = (counter: Counter, actor: Actor, body: BodyOf<typeof submitCase>, once: Once): Promise<Submitted> => repeatable(counter.desk, { actor, once }, async () => {
  demandIdentity(counter.desk.serviceOf(counter.forms.current(body.service).packHash, body.service), actor);
  const applicant = await counter.people.applicant(actor);
  return begin(counter, actor, { ...(await checked(counter, actor, body.service, applicant, body.values, body.materials)), channel: 'portal' }, once);
});

/** Window intake: an official enters the application of a person at the counter; it is the same case from then on. */
export const intake = (counter: Counter, actor: Actor, service: string, body: BodyOf<typeof intakeCase>, once: Once): Promise<Submitted> => repeatable(counter.desk, { actor, once }, async () => {
  const applicant = await counter.people.atWindow(actor, { ...body.applicant, phone: body.applicant.phone ?? null });
  return begin(counter, actor, { ...(await checked(counter, actor, service, applicant, body.values, body.materials)), channel: 'window' }, once);
});

/** Answers with the asked ones put in their place, those no longer answered taken out. */
const given = (answers: Record<string, unknown>, asked: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries({ ...answers, ...asked }).filter(([, value]) => value !== undefined));

/** Takes a correction: only what was asked for, all of it, valid. */
export const correctWhole = (counter: Counter, actor: Actor, id: string, body: BodyOf<typeof correctCase>, once: Once): Promise<Submitted> =>
  repeatable(counter.desk, { actor, once }, () => takeCorrection(counter, actor, id, body, once));

const takeCorrection = async (counter: Counter, actor: Actor, id: string, body: BodyOf<typeof correctCase>, once: Once): Promise<Submitted> => {
  const whole = await counter.work.view(actor, id);
  const open = whole.corrections.find((one) => !one.done_at);
  if (!open) throw wrongState(whole.case.state);
  const fields = open.items.filter((item) => item.target === 'field').map((item) => item.key);
  const wanted = open.items.filter((item) => item.target === 'material').map((item) => item.key);
  const answers = Object.fromEntries(fields.map((key) => [key, body.values[key]]));
  const uploads = await ownUploads(counter, actor, whole.case.service, body.materials, (code) => wanted.includes(code));
  const issues = [
    ...counter.forms.checkAll(whole.case.pack_hash, whole.case.service, given(whole.application.answers, answers), whole.application.facts)
      .filter((issue) => fields.some((key) => issue.path.endsWith(`/${key}`))),
    ...wanted.filter((code) => !uploads.some((one) => one.material === code))
      .map((code) => ({ path: `/materials/${code}`, code: 'required', message: { zh: '请上传这份材料', en: 'Upload this material' } })),
  ];
  if (issues.length > 0) throw fail('case.answers-invalid', {}, { issues });
  const at = counter.desk.now().toISOString();
  const materials: MaterialRow[] = uploads.filter((one) => wanted.includes(one.material)).map((one) => ({
    ...fileOf(one), id: uuidv7(), case_id: id, given_at: at, verdict: 'unseen', note: null, replaced: false,
  }));
  const replaced = whole.materials.filter((one) => wanted.includes(one.code)).map((one) => one.id);
  const { items, ...correction } = open;
  return onCase(counter.desk, id, {
    actor, once,
    work: (flow) => {
      correct(flow, { correction, items, answers, materials, replaced });
      return { caseId: id, number: flow.row.number, state: flow.row.state, feeDue: null };
    },
  });
};
