import { askCopy, askDataCorrection, giveConsent, myLooks, myPrivacy, withdrawConsent } from '@zhengwu/contracts';
import { randomUUID } from 'node:crypto';
import { looksPage, privacyPage } from '../pages/privacy.tsx';
import { go, type Answer } from '../server/answer.ts';
import { passFile } from '../server/files.ts';
import { get, mine, param, post, type Route, type Work } from '../server/route.ts';
import type { Visit } from '../server/visit.ts';

const HERE = '/my/privacy';
/** What is a person's own is never shown while acting for another. */
const own = (visit: Visit) => visit.clientFor(null);

const correct = async (visit: Visit, work: Work): Promise<Answer> => {
  const value = (name: string): string => work.form.get(name)?.trim().slice(0, 4000) ?? '';
  const body = { part: value('part'), wrong: value('wrong'), wanted: value('wanted') };
  const issues = Object.entries(body).filter(([, text]) => text === '').map(([path]) => ({ path, message: visit.t('correctionMissing') }));
  if (issues.length > 0) return privacyPage(visit, await own(visit).call(myPrivacy), { form: work.form, issues });
  await own(visit).call(askDataCorrection, { body, idempotencyKey: randomUUID() });
  return go(visit, `${HERE}?done=1`);
};

export const privacyRoutes: Route[] = [
  get(HERE, async (visit, work) => privacyPage(visit, await own(visit).call(myPrivacy), { done: work.query.get('done') === '1' }), mine),
  get(`${HERE}/looks`, async (visit, work) => {
    const after = work.query.get('after') ?? '';
    const isId = /^[0-9a-f-]{36}$/.test(after);
    return looksPage(visit, await own(visit).call(myLooks, { query: isId ? { after } : {} }), isId);
  }, mine),
  post(`${HERE}/consents/:code/give`, async (visit, work) => {
    await own(visit).call(giveConsent, { params: { code: param(work, 'code') }, body: { version: Math.max(1, Math.trunc(Number(work.form.get('version'))) || 1) } });
    return go(visit, `${HERE}?done=1`);
  }),
  post(`${HERE}/consents/:code/withdraw`, async (visit, work) => {
    await own(visit).call(withdrawConsent, { params: { code: param(work, 'code') } });
    return go(visit, `${HERE}?done=1`);
  }),
  post(`${HERE}/copies`, async (visit) => {
    await own(visit).call(askCopy, { idempotencyKey: randomUUID() });
    return go(visit, `${HERE}?done=1`);
  }),
  get(`${HERE}/copies/:id`, (visit, work) => passFile(work, { ...visit.caller, behalf: null }, `/api/my/privacy/copies/${encodeURIComponent(param(work, 'id'))}/file`, 'personal-data.zip', 'application/zip'), mine),
  post(`${HERE}/corrections`, correct),
];
