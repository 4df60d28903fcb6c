import { randomUUID } from 'node:crypto';
import {
  beginLifeEvent, checkLifeEvent, discardLifeEvent, getDraftStep, getLifeEvent, ProblemError, removeUpload, saveLifeEventStep, submitLifeEvent, viewLifeEvent,
  type FieldIssue, type LifeEventApplication, type ResponseOf,
} from '@zhengwu/contracts';
import { decodeForm, issueName, type FormValues } from '@zhengwu/ui';
import { errorPage } from '../pages/errors.tsx';
import { stepPage } from '../pages/apply.tsx';
import { checkAllPage, papersPage } from '../pages/together-check.tsx';
import { discardAllPage, lifeEventGuidePage, overviewPage, progressPage } from '../pages/together.tsx';
import { go, type Answer } from '../server/answer.ts';
import { get, mine, param, post, type Route, type Work } from '../server/route.ts';
import { receiveUpload } from '../server/upload.ts';
import type { Visit } from '../server/visit.ts';
import { askedOrSent, grantFor, reshape, withLocked } from './apply.ts';

type Step = ResponseOf<typeof getDraftStep>;

/** An application says itself whom it is for. */
const inside = (visit: Visit) => visit.clientFor(null);
const idOf = (work: Work) => ({ id: param(work, 'id') });
const view = (visit: Visit, work: Work): Promise<LifeEventApplication> => inside(visit).call(viewLifeEvent, { params: idOf(work) });
const check = (visit: Visit, work: Work) => inside(visit).call(checkLifeEvent, { params: idOf(work) });
const home = (work: Work): string => `/together/${param(work, 'id')}`;

const draftOf = async (visit: Visit, work: Work): Promise<string> => {
  const part = (await view(visit, work)).parts.find(({ service }) => service.code === param(work, 'service'));
  if (!part?.draft) throw Object.assign(new Error('no such part'), { statusCode: 404 });
  return part.draft;
};

const stepOf = async (visit: Visit, work: Work): Promise<Step> =>
  inside(visit).call(getDraftStep, { params: { id: await draftOf(visit, work), step: param(work, 'step') } });

const placeOf = (work: Work) => ({ base: `${home(work)}/${param(work, 'service')}`, csrf: '/together/:id/:service/steps/:step', overview: home(work) });

const again = async (visit: Visit, work: Work, before: string[], values: FormValues, issues: FieldIssue[], back: string | undefined): Promise<Answer> => {
  const data = await stepOf(visit, work);
  const added = data.visible.filter((key) => !before.includes(key));
  const known = issues.filter((issue) => !added.includes(issueName(issue.path).split('.')[0] ?? ''));
  const onFile = Object.fromEntries(added.flatMap((key) => (data.values[key] === undefined ? [] : [[key, data.values[key]]])));
  return stepPage(visit, data, { values: { ...onFile, ...values } as FormValues, issues: known, back, more: known.length === 0, place: placeOf(work) });
};

const save = async (visit: Visit, work: Work): Promise<Answer> => {
  const data = await stepOf(visit, work);
  const values = withLocked(data, decodeForm(data.step, work.form, askedOrSent(data, work.form)));
  const back = work.form.get('_back') ?? undefined;
  const reshaped = reshape(values, work.form);
  if (reshaped) return stepPage(visit, data, { ...reshaped, back, place: placeOf(work) });
  const leave = work.form.get('_leave') === '1';
  try {
    const { next } = await inside(visit).call(saveLifeEventStep, { params: { ...idOf(work), service: param(work, 'service'), step: param(work, 'step') }, body: { values } });
    if (back === 'check') return go(visit, `${home(work)}/check`);
    return go(visit, leave || !next ? home(work) : `${home(work)}/${next.service}/steps/${next.step}`);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status !== 422) throw error;
    if (leave) return go(visit, home(work));
    return again(visit, work, data.visible, values, error.problem.issues ?? [{ path: '', code: error.problem.code, message: error.problem.detail }], back);
  }
};

const upload = async (visit: Visit, work: Work): Promise<Answer> => {
  const [service, material] = [param(work, 'service'), param(work, 'code')];
  const fail = async (message: string): Promise<Answer> => papersPage(visit, await check(visit, work), { id: `${service}-${material}`, message });
  try {
    const outcome = await receiveUpload(work, {
      client: inside(visit), caller: { ...visit.caller, behalf: null }, csrfForm: '/together/:id/:service/materials/:code', grant: { owner: 'draft', ownerId: await draftOf(visit, work), material },
    });
    if (outcome.kind === 'forged') return errorPage(visit, 403, { reference: work.request.id, forged: true });
    if (outcome.kind === 'missing') return await fail(visit.t('fileMissing'));
    if (outcome.kind === 'refused') return await fail(outcome.problem.issues?.[0]?.message ?? outcome.problem.detail);
    return go(visit, `${home(work)}/materials#m-${service}-${material}`);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status < 500 && error.problem.status !== 401 && error.problem.status !== 404) return fail(error.problem.issues?.[0]?.message ?? error.problem.detail);
    throw error;
  }
};

const begin = async (visit: Visit, work: Work): Promise<Answer> => {
  const event = param(work, 'code');
  const services = work.form.getAll('service').slice(0, 12);
  if (services.length === 0) return lifeEventGuidePage(visit, await visit.client.call(getLifeEvent, { params: { code: event } }), visit.t('togetherNothing'));
  const { id } = await visit.client.call(beginLifeEvent, { body: { event, services } });
  return go(visit, `/together/${id}`);
};

const submit = async (visit: Visit, work: Work): Promise<Answer> => {
  if (work.form.get('declaration') !== 'true') return checkAllPage(visit, await check(visit, work), visit.t('declareMissing'));
  try {
    await inside(visit).call(submitLifeEvent, { params: idOf(work), body: { declaration: true }, idempotencyKey: work.form.get('key') ?? '' });
    return go(visit, `${home(work)}?submitted=1`);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 422) return checkAllPage(visit, await check(visit, work), error.problem.detail);
    throw error;
  }
};

/** Life events as one application: form, papers, check, timeline. */
export const togetherRoutes: Route[] = [
  post('/life-events/:code/begin', begin),
  get('/together/:id', async (visit, work) => {
    const one = await view(visit, work);
    return one.submittedAt === null ? overviewPage(visit, await check(visit, work)) : progressPage(visit, one, work.query.get('submitted') === '1', randomUUID());
  }, mine),
  get('/together/:id/:service/steps/:step', async (visit, work) => stepPage(visit, await stepOf(visit, work), { back: work.query.get('back') === 'check' ? 'check' : undefined, place: placeOf(work) }), mine),
  post('/together/:id/:service/steps/:step', save),
  get('/together/:id/materials', async (visit, work) => papersPage(visit, await check(visit, work)), mine),
  post('/together/:id/:service/materials/:code', upload, { upload: true }),
  post('/together/:id/:service/materials/:code/grant', async (visit, work) => grantFor(visit, work, 'draft', await draftOf(visit, work)), { csrf: '/together/:id/:service/materials/:code' }),
  post('/together/:id/:service/uploads/:upload/remove', async (visit, work) => {
    await inside(visit).call(removeUpload, { params: { id: param(work, 'upload') } });
    return go(visit, `${home(work)}/materials`);
  }),
  get('/together/:id/check', async (visit, work) => checkAllPage(visit, await check(visit, work)), mine),
  post('/together/:id/submit', submit),
  get('/together/:id/discard', async (visit, work) => discardAllPage(visit, await view(visit, work)), mine),
  post('/together/:id/discard', async (visit, work) => {
    await inside(visit).call(discardLifeEvent, { params: idOf(work) });
    return go(visit, '/my');
  }),
];
