import {
  checkDraft,
  discardDraft,
  getDraftMaterials,
  getDraftStep,
  grantUpload,
  ProblemError,
  removeUpload,
  saveDraftStep,
  submitDraft,
  type Draft,
  type FieldIssue,
  type ResponseOf,
} from '@zhengwu/contracts';
import { decodeForm, issueName, type FormValues } from '@zhengwu/ui';
import { checkPage, discardPage, stepPage, taskListPage } from '../pages/apply.tsx';
import { materialsPage } from '../pages/materials.tsx';
import { errorPage } from '../pages/errors.tsx';
import { go, type Answer } from '../server/answer.ts';
import { get, mine, param, post, type Route, type Work } from '../server/route.ts';
import { receiveUpload, shownName } from '../server/upload.ts';
import type { Visit } from '../server/visit.ts';

/** Inside an application the header's choice of principal does not count: the draft says whom it is for. */
const inside = (visit: Visit) => visit.clientFor(null);
const draftOf = (work: Work) => ({ id: param(work, 'id') });
type Step = ResponseOf<typeof getDraftStep>;

const afterStep = (visit: Visit, draft: Draft, next: string, back: string | null): Answer => {
  if (back === 'check') return go(visit, `/apply/${draft.id}/check`);
  return go(visit, next === 'materials' || next === 'check' ? `/apply/${draft.id}/${next}` : `/apply/${draft.id}/steps/${next}`);
};

/** Locked answers are shown, not sent: they are put back as the site gave them. */
export const withLocked = (data: Step, values: FormValues): FormValues => {
  const locked = data.prefilled.filter((one) => one.locked && data.values[one.key] !== undefined && values[one.key] === undefined);
  return { ...values, ...Object.fromEntries(locked.map((one) => [one.key, data.values[one.key]])) };
};

/** What was on the page: fields asked, and those sent all the same. */
export const askedOrSent = (data: Step, form: URLSearchParams): string[] => {
  const sent = new Set([...form.keys()].map((name) => name.split('.')[0]));
  return data.step.layout.map((field) => field.key).filter((key) => data.visible.includes(key) || sent.has(key));
};

/** "Add another" and "remove" of a list of people: the page again, with the answers as they are. */
export const reshape = (values: FormValues, form: URLSearchParams): { values: FormValues; extra: Record<string, number> } | null => {
  const add = form.get('_add');
  const remove = /^([\w-]+)\.(\d+)$/.exec(form.get('_remove') ?? '');
  if (add) return { values, extra: { [add]: 1 } };
  if (!remove?.[1]) return null;
  const list = values[remove[1]];
  return { values: { ...values, [remove[1]]: Array.isArray(list) ? list.filter((_, index) => index !== Number(remove[2])) : [] }, extra: {} };
};

const saveStep = async (visit: Visit, work: Work): Promise<Answer> => {
  const client = inside(visit);
  const params = { ...draftOf(work), step: param(work, 'step') };
  const data = await client.call(getDraftStep, { params });
  const values = withLocked(data, decodeForm(data.step, work.form, askedOrSent(data, work.form)));
  const back = work.form.get('_back');
  const reshaped = reshape(values, work.form);
  if (reshaped) return stepPage(visit, data, { ...reshaped, back: back ?? undefined });
  const leave = work.form.get('_leave') === '1';
  try {
    const saved = await client.call(saveDraftStep, { params, body: { values } });
    return leave ? go(visit, `/apply/${params.id}`) : afterStep(visit, saved.draft, saved.next, back);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status !== 422) throw error;
    if (leave) return go(visit, `/apply/${params.id}`);
    return stepAgain(visit, work, data.visible, values, error.problem.issues ?? [{ path: '', code: error.problem.code, message: error.problem.detail }], back);
  }
};

/**
 * The site keeps refused answers and may now ask more or less: the page is drawn from what it says after saving. A question that was not on
 * the page before is no mistake of the applicant's.
 */
const stepAgain = async (visit: Visit, work: Work, before: string[], values: FormValues, issues: FieldIssue[], back: string | null): Promise<Answer> => {
  const data = await inside(visit).call(getDraftStep, { params: { ...draftOf(work), step: param(work, 'step') } });
  const added = new Set(data.visible.filter((key) => !before.includes(key)));
  const known = issues.filter((issue) => !added.has(issueName(issue.path).split('.')[0] ?? ''));
  const onFile = Object.fromEntries([...added].flatMap((key) => (data.values[key] === undefined ? [] : [[key, data.values[key]]])));
  return stepPage(visit, data, { values: { ...onFile, ...values }, issues: known, back: back ?? undefined, more: known.length === 0 });
};

const uploadMaterial = async (visit: Visit, work: Work): Promise<Answer> => {
  const { id } = draftOf(work);
  const material = param(work, 'code');
  const client = inside(visit);
  const fail = async (message: string) => materialsPage(visit, await client.call(getDraftMaterials, { params: { id } }), { code: material, message });
  try {
    const outcome = await receiveUpload(work, {
      client,
      caller: { ...visit.caller, behalf: null },
      csrfForm: '/apply/:id/materials/:code',
      grant: { owner: 'draft', ownerId: id, material },
    });
    if (outcome.kind === 'forged') return errorPage(visit, 403, { reference: work.request.id, forged: true });
    if (outcome.kind === 'missing') return await fail(visit.t('fileMissing'));
    if (outcome.kind === 'refused') return await fail(outcome.problem.issues?.[0]?.message ?? outcome.problem.detail);
    return go(visit, `/apply/${id}/materials#m-${material}`);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status < 500 && error.problem.status !== 401 && error.problem.status !== 404)
      return fail(error.problem.issues?.[0]?.message ?? error.problem.detail);
    throw error;
  }
};

const submit = async (visit: Visit, work: Work): Promise<Answer> => {
  const params = draftOf(work);
  const client = inside(visit);
  if (work.form.get('declaration') !== 'true') return checkPage(visit, await client.call(checkDraft, { params }), visit.t('declareMissing'));
  try {
    const { caseId } = await client.call(submitDraft, { params, body: { declaration: true }, idempotencyKey: work.form.get('key') ?? '' });
    return go(visit, `/cases/${caseId}/receipt`);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 422) return checkPage(visit, await client.call(checkDraft, { params }), error.problem.detail);
    throw error;
  }
};

/** Grants one upload to the optional script; the body is a plain form, so the CSRF check has already run. */
export const grantFor = async (visit: Visit, work: Work, owner: 'draft' | 'case', ownerId = param(work, 'id')): Promise<Answer> => {
  const { form, reply } = work;
  const size = Number(form.get('size'));
  try {
    const grant = await inside(visit).call(grantUpload, {
      body: {
        owner,
        ownerId,
        material: param(work, 'code'),
        name: shownName(form.get('name') ?? ''),
        type: (form.get('type') ?? '').slice(0, 100),
        ...(Number.isSafeInteger(size) && size > 0 ? { size } : {}),
      },
    });
    void reply.header('cache-control', 'no-store').send({ id: grant.id, token: grant.token });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    void reply.status(error.problem.status).send({ detail: error.problem.issues?.[0]?.message ?? error.problem.detail });
  }
  return { kind: 'sent' };
};

export const applyRoutes: Route[] = [
  get('/apply/:id', async (visit, work) => taskListPage(visit, await inside(visit).call(checkDraft, { params: draftOf(work) })), mine),
  get(
    '/apply/:id/steps/:step',
    async (visit, work) => {
      const data = await inside(visit).call(getDraftStep, { params: { ...draftOf(work), step: param(work, 'step') } });
      return stepPage(visit, data, { back: work.query.get('back') === 'check' ? 'check' : undefined });
    },
    mine,
  ),
  post('/apply/:id/steps/:step', saveStep),
  get('/apply/:id/materials', async (visit, work) => materialsPage(visit, await inside(visit).call(getDraftMaterials, { params: draftOf(work) })), mine),
  post('/apply/:id/materials', (visit, work) => go(visit, `/apply/${param(work, 'id')}/check`)),
  post('/apply/:id/materials/:code', uploadMaterial, { upload: true }),
  post('/apply/:id/materials/:code/grant', (visit, work) => grantFor(visit, work, 'draft'), { csrf: '/apply/:id/materials/:code' }),
  post('/apply/:id/uploads/:upload/remove', async (visit, work) => {
    await inside(visit).call(removeUpload, { params: { id: param(work, 'upload') } });
    return go(visit, `/apply/${param(work, 'id')}/materials`);
  }),
  get('/apply/:id/check', async (visit, work) => checkPage(visit, await inside(visit).call(checkDraft, { params: draftOf(work) })), mine),
  post('/apply/:id/submit', submit),
  get('/apply/:id/discard', async (visit, work) => discardPage(visit, (await inside(visit).call(checkDraft, { params: draftOf(work) })).draft), mine),
  post('/apply/:id/discard', async (visit, work) => {
    await inside(visit).call(discardDraft, { params: draftOf(work) });
    return go(visit, '/my');
  }),
];
