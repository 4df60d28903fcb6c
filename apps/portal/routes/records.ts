import { randomUUID } from 'node:crypto';
import { challengeOwnValue, listMyChallenges, listOwnRecords, ProblemError } from '@zhengwu/contracts';
import { errorPage } from '../pages/errors.tsx';
import { doubtPage, recordsPage, type OwnField, type OwnRecord } from '../pages/records.tsx';
import { go, type Answer } from '../server/answer.ts';
import { get, mine, param, post, type Route, type Work } from '../server/route.ts';
import type { Visit } from '../server/visit.ts';

const HERE = '/my/records';

/** The value that is meant: by register and field, the record by its place among several. */
const meant = async (visit: Visit, work: Work): Promise<{ record: OwnRecord; field: OwnField; of: number } | null> => {
  const { items } = await visit.client.call(listOwnRecords);
  const of = Math.max(0, Math.trunc(Number(work.query.get('of'))) || 0);
  const record = items.filter(({ register }) => register === param(work, 'register'))[of];
  const field = record?.fields.find(({ key }) => key === param(work, 'field'));
  return record && field ? { record, field, of } : null;
};

/** What was typed, as the kind of value that the register holds. */
const typed = (text: string, now: unknown): unknown => {
  if (typeof now === 'number' && text !== '' && Number.isFinite(Number(text))) return Number(text);
  if (typeof now === 'boolean') return text === 'true';
  if (Array.isArray(now)) return text.split(/[、,，]\s*/).filter(Boolean);
  return text;
};

const raise = async (visit: Visit, work: Work): Promise<Answer> => {
  const found = await meant(visit, work);
  if (!found) return errorPage(visit, 404, { reference: work.request.id });
  const value = (name: string): string => work.form.get(name)?.trim().slice(0, 1000) ?? '';
  const [proposed, reason] = [value('proposed'), value('reason')];
  const again = (issues: { path: string; message: string }[]) => doubtPage(visit, found.record, found.field, found.of, { form: work.form, issues });
  const missing = Object.entries({ proposed, reason }).filter(([, text]) => text.length < (text === reason ? 2 : 1)).map(([path]) => ({ path, message: visit.t('correctionMissing') }));
  if (missing.length > 0) return again(missing);
  const { register, key } = found.record;
  try {
    const { dueDay } = await visit.client.call(challengeOwnValue, { params: { register }, body: { key, field: found.field.key, proposed: typed(proposed, found.field.value), reason }, idempotencyKey: randomUUID() });
    return go(visit, `${HERE}?due=${dueDay}`);
  } catch (error) {
    if (!(error instanceof ProblemError) || ![409, 422].includes(error.problem.status)) throw error;
    return again([{ path: 'proposed', message: error.problem.detail }]);
  }
};

export const recordRoutes: Route[] = [
  get(HERE, async (visit, work) => {
    const [own, doubts] = await Promise.all([visit.client.call(listOwnRecords), visit.client.call(listMyChallenges)]);
    const due = work.query.get('due') ?? '';
    return recordsPage(visit, own.items, doubts.items, /^\d{4}-\d\d-\d\d$/.test(due) ? due : null);
  }, mine),
  get(`${HERE}/:register/:field`, async (visit, work) => {
    const found = await meant(visit, work);
    return found ? doubtPage(visit, found.record, found.field, found.of) : errorPage(visit, 404, { reference: work.request.id });
  }, mine),
  post(`${HERE}/:register/:field`, raise),
];
