import { beforeAfter, browseServices, demoMailbox, ProblemError, reportError, verifyJws, verifyLicence } from '@zhengwu/contracts';
import { accessibilityPage, beforeAfterPage, helpPage, mailboxPage, newsListPage, newsPage, reportedPage, reportPage } from '../pages/about.tsx';
import { errorPage } from '../pages/errors.tsx';
import { homePage } from '../pages/home.tsx';
import { verdictPage, verifyForm } from '../pages/licences.tsx';
import { go, goTo } from '../server/answer.ts';
import { get, param, post, type Route } from '../server/route.ts';
import { ELDER_COOKIE, type Visit } from '../server/visit.ts';

const cached = { cached: true } as const;
/** A path of our own to go back to; anything else is the home page. */
export const ownPath = (given: string | null): string =>
  given && given.length < 1000 && /^\/(?![/\\])[^\s\\\p{Cc}\p{Cs}]*$/u.test(given) ? given.replace(/[^\x21-\x7e]+/gu, encodeURIComponent) : '/';
const notFound = (visit: Visit, reference: string) => errorPage(visit, 404, { reference });

export const openRoutes: Route[] = [
  get('/', async (visit) => homePage(visit, await visit.client.call(browseServices)), cached),
  get('/news', (visit) => newsListPage(visit), cached),
  get(
    '/news/:id',
    (visit, work) => {
      const item = visit.site.news.find((one) => one.id === param(work, 'id'));
      return item ? newsPage(visit, item) : notFound(visit, work.request.id);
    },
    cached,
  ),
  get('/help', (visit) => helpPage(visit), cached),
  get('/accessibility', (visit) => accessibilityPage(visit), cached),
  get('/before-after', async (visit) => beforeAfterPage(visit, await visit.client.call(beforeAfter)), cached),
  get('/mailbox', async (visit, work) => {
    if (!visit.site.demo) return notFound(visit, work.request.id);
    const to = work.query.get('to') ?? undefined;
    return mailboxPage(visit, (await visit.client.call(demoMailbox, { query: { to } })).items);
  }),
  get('/report', (visit, work) => reportPage(visit, { page: ownPath(work.query.get('page')) })),
  post(
    '/report',
    async (visit, { form }) => {
      const text = form.get('text')?.trim() ?? '';
      const given = { page: form.get('page')?.trim().slice(0, 500) || '/', text, contact: form.get('contact')?.trim() };
      if (!text) return reportPage(visit, { ...given, issue: visit.t('reportMissing') });
      const { number } = await visit.client.call(reportError, {
        body: { page: given.page, text: text.slice(0, 2000), ...(given.contact ? { contact: given.contact.slice(0, 200) } : {}) },
      });
      return go(visit, `/report/sent?number=${encodeURIComponent(number)}`);
    },
    { who: 'open' },
  ),
  get('/report/sent', (visit, work) => reportedPage(visit, (work.query.get('number') ?? '').slice(0, 60))),
  get('/verify', (visit, work) => {
    const id = work.query.get('id')?.trim();
    if (id === undefined) return verifyForm(visit);
    const code = work.query.get('c')?.trim() ?? '';
    if (!id) return verifyForm(visit, { code, issue: visit.t('verifyMissing'), at: 'id' });
    if (!code) return verifyForm(visit, { id, issue: visit.t('verifyCodeMissing'), at: 'code' });
    return go(visit, `/verify/${encodeURIComponent(id)}?c=${encodeURIComponent(code)}`);
  }),
  post(
    '/verify',
    async (visit, { form }) => {
      const jws = form.get('jws')?.trim() ?? '';
      if (!jws) return verifyForm(visit, { issue: visit.t('verifyMissing'), at: 'jws' });
      try {
        return verdictPage(visit, await visit.client.call(verifyJws, { body: { jws: jws.slice(0, 20_000) } }));
      } catch (error) {
        if (error instanceof ProblemError && error.problem.status < 500) return verifyForm(visit, { jws, issue: error.problem.detail, at: 'jws' });
        throw error;
      }
    },
    { who: 'open' },
  ),
  get('/verify/:id', async (visit, work) => {
    try {
      return verdictPage(visit, await visit.client.call(verifyLicence, { params: { id: param(work, 'id') }, query: { c: work.query.get('c') ?? undefined } }));
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status < 500 && error.problem.status !== 429) {
        return verdictPage(visit, { found: false, signature: 'absent', status: null, licence: null, checkedAt: new Date().toISOString() });
      }
      throw error;
    }
  }),
  get('/elder', (_visit, work) => {
    const on = work.query.get('on') === '1';
    void work.reply.setCookie(ELDER_COOKIE, on ? '1' : '0', { maxAge: 31_536_000, ...work.cookies.options });
    return goTo(ownPath(work.query.get('back')));
  }),
];
