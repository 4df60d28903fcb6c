import { randomUUID } from 'node:crypto';
import { correctCase, myCase, ProblemError, rateCase, ratingDimensions, startPayment, withdrawCase, type FieldIssue, type MyCaseDetail } from '@zhengwu/contracts';
import { decodeForm, type FormValues } from '@zhengwu/ui';
import { casePage, receiptPage } from '../pages/cases.tsx';
import { correctPage, type GivenUpload } from '../pages/correct.tsx';
import { payPage, ratePage, toProviderPage, withdrawPage } from '../pages/case-ends.tsx';
import { errorPage } from '../pages/errors.tsx';
import { go, type Answer } from '../server/answer.ts';
import { passFile } from '../server/files.ts';
import { qrOf } from '../server/qr.ts';
import { get, mine, param, post, type Route, type Work } from '../server/route.ts';
import { receiveUpload } from '../server/upload.ts';
import type { Visit } from '../server/visit.ts';
import { grantFor } from './apply.ts';

/** A case says itself whom it is for. */
const inside = (visit: Visit) => visit.clientFor(null);
const caseOf = (visit: Visit, work: Work): Promise<MyCaseDetail> => inside(visit).call(myCase, { params: { id: param(work, 'id') } });
const keyOf = (work: Work): string => {
  const key = work.form.get('key') ?? '';
  return /^[\w-]{8,100}$/.test(key) ? key : randomUUID();
};

/** Files of a correction given so far travel in the address: `u=material:upload:name`. */
const uploadsOf = (fields: URLSearchParams): GivenUpload[] =>
  fields
    .getAll('u')
    .slice(0, 60)
    .flatMap((one) => {
      const match = /^([\w.-]{1,64}):([0-9a-f-]{36}):(.{0,200})$/i.exec(one);
      return match?.[1] && match[2] ? [{ material: match[1], upload: match[2], name: match[3] ?? '' }] : [];
    });

const plainFields = (one: MyCaseDetail, form: URLSearchParams): FormValues =>
  Object.fromEntries(
    (one.correction?.items ?? [])
      .filter((item) => item.target === 'field')
      .flatMap((item) => {
        const name = item.key.split('.').at(-1) ?? item.key;
        const value = form.get(name)?.trim();
        return value ? [[name, value] as const] : [];
      }),
  );

const correct = async (visit: Visit, work: Work): Promise<Answer> => {
  const one = await caseOf(visit, work);
  const uploads = uploadsOf(work.form);
  const values = one.correction?.form ? decodeForm(one.correction.form, work.form) : plainFields(one, work.form);
  const again = (issues: FieldIssue[]) => correctPage(visit, one, randomUUID(), { uploads, values, issues });
  const waiting = (one.correction?.items ?? []).filter((item) => item.target === 'material' && !item.done && !uploads.some((upload) => upload.material === item.key));
  if (waiting.length > 0) return again(waiting.map((item) => ({ path: item.key, code: 'missing', message: visit.t('chooseFile', { name: visit.say(item.label) }) })));
  try {
    await inside(visit).call(correctCase, {
      params: { id: one.id },
      body: { values, materials: uploads.map(({ material, upload }) => ({ material, upload })) },
      idempotencyKey: keyOf(work),
    });
    return go(visit, `/cases/${one.id}`);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 422)
      return again(error.problem.issues ?? [{ path: '', code: error.problem.code, message: error.problem.detail }]);
    throw error;
  }
};

const uploadCorrection = async (visit: Visit, work: Work): Promise<Answer> => {
  const id = param(work, 'id');
  const material = param(work, 'code');
  const outcome = await receiveUpload(work, {
    client: inside(visit),
    caller: { ...visit.caller, behalf: null },
    csrfForm: '/cases/:id/correct/materials/:code',
    grant: { owner: 'case', ownerId: id, material },
  });
  if (outcome.kind === 'forged') return errorPage(visit, 403, { reference: work.request.id, forged: true });
  const given = uploadsOf(outcome.fields);
  if (outcome.kind !== 'done') {
    const message = outcome.kind === 'missing' ? visit.t('fileMissing') : (outcome.problem.issues?.[0]?.message ?? outcome.problem.detail);
    return correctPage(visit, await caseOf(visit, work), randomUUID(), { uploads: given, issues: [{ path: material, code: 'upload', message }] });
  }
  const query = new URLSearchParams([...given.map((one) => ['u', `${one.material}:${one.upload}:${one.name}`]), ['u', `${material}:${outcome.upload}:${outcome.name}`]]);
  return go(visit, `/cases/${id}/correct?${query}`);
};

const pay = async (visit: Visit, work: Work): Promise<Answer> => {
  const one = await caseOf(visit, work);
  if (!one.payment || one.payment.status === 'paid') return go(visit, `/cases/${one.id}/pay`);
  const { address } = await inside(visit).call(startPayment, {
    params: { id: one.payment.orderId },
    body: { returnTo: `${work.origin}${visit.to(`/cases/${one.id}/pay`)}` },
  });
  return toProviderPage(visit, one, address);
};

const rate = async (visit: Visit, work: Work): Promise<Answer> => {
  const one = await caseOf(visit, work);
  const level = Number(work.form.get('level'));
  if (!Number.isInteger(level) || level < 1 || level > 5) return ratePage(visit, one, keyOf(work), visit.t('rateMissing'));
  const dimensions = Object.fromEntries(
    ratingDimensions.codes.flatMap((code) => {
      const value = Number(work.form.get(code));
      return value >= 1 && value <= 5 ? [[code, value] as const] : [];
    }),
  );
  const comment = work.form.get('comment')?.trim();
  await inside(visit).call(rateCase, {
    params: { id: one.id },
    body: { level, ...(Object.keys(dimensions).length > 0 ? { dimensions } : {}), ...(comment ? { comment: comment.slice(0, 1000) } : {}) },
    idempotencyKey: keyOf(work),
  });
  return go(visit, `/cases/${one.id}/rate`);
};

export const caseRoutes: Route[] = [
  get('/cases/:id', async (visit, work) => casePage(visit, await caseOf(visit, work)), mine),
  get('/cases/:id/receipt', async (visit, work) => receiptPage(visit, await caseOf(visit, work), qrOf(`${work.origin}${visit.to(`/cases/${param(work, 'id')}`)}`)), mine),
  get(
    '/cases/:id/withdraw',
    async (visit, work) => {
      const one = await caseOf(visit, work);
      return one.canWithdraw ? withdrawPage(visit, one, randomUUID()) : go(visit, `/cases/${one.id}`);
    },
    mine,
  ),
  post('/cases/:id/withdraw', async (visit, work) => {
    const reason = work.form.get('reason')?.trim().slice(0, 500);
    await inside(visit).call(withdrawCase, { params: { id: param(work, 'id') }, body: reason ? { reason } : {}, idempotencyKey: keyOf(work) });
    return go(visit, `/cases/${param(work, 'id')}`);
  }),
  get('/cases/:id/correct', async (visit, work) => correctPage(visit, await caseOf(visit, work), randomUUID(), { uploads: uploadsOf(work.query) }), mine),
  post('/cases/:id/correct', correct),
  post('/cases/:id/correct/materials/:code', uploadCorrection, { upload: true }),
  post('/cases/:id/correct/materials/:code/grant', (visit, work) => grantFor(visit, work, 'case'), { csrf: '/cases/:id/correct/materials/:code' }),
  get('/cases/:id/pay', async (visit, work) => payPage(visit, await caseOf(visit, work)), mine),
  post('/cases/:id/pay', pay),
  get('/cases/:id/rate', async (visit, work) => ratePage(visit, await caseOf(visit, work), randomUUID()), mine),
  post('/cases/:id/rate', rate),
  get(
    '/cases/:id/documents/:kind',
    (visit, work) =>
      passFile(
        work,
        { ...visit.caller, behalf: null },
        `/api/my/cases/${encodeURIComponent(param(work, 'id'))}/documents/${encodeURIComponent(param(work, 'kind'))}`,
        `${param(work, 'kind')}.pdf`,
      ),
    mine,
  ),
  get(
    '/payments/:id/receipt',
    (visit, work) => passFile(work, { ...visit.caller, behalf: null }, `/api/my/payments/${encodeURIComponent(param(work, 'id'))}/receipt`, 'receipt.pdf'),
    mine,
  ),
];
