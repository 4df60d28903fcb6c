import {
  acceptMandate,
  createMandate,
  endMandate,
  listDrafts,
  listLifeEvents,
  listMandates,
  myCases,
  myLicence,
  myLicences,
  myMessages,
  ProblemError,
  readMessage,
} from '@zhengwu/contracts';
import { decodeForm } from '@zhengwu/ui';
import { licencePage } from '../pages/licences.tsx';
import { actingPage, mandatesPage } from '../pages/mandates.tsx';
import { messagesPage, myCasesPage, myLicencesPage, myPage } from '../pages/my.tsx';
import { go, type Answer } from '../server/answer.ts';
import { passFile } from '../server/files.ts';
import { qrOf } from '../server/qr.ts';
import { get, mine, param, post, type Route, type Work } from '../server/route.ts';
import type { Visit } from '../server/visit.ts';
import { ownPath } from './open.ts';

const overview = async (visit: Visit): Promise<Answer> => {
  const { client } = visit;
  const [cases, drafts, events, licences, mandates, messages] = await Promise.all([
    client.call(myCases, { query: { limit: 20 } }),
    client.call(listDrafts),
    client.call(listLifeEvents),
    client.call(myLicences),
    client.call(listMandates),
    client.call(myMessages, { query: { limit: 1 } }),
  ]);
  return myPage(visit, { cases: cases.items, drafts: drafts.items, events: events.items, licences: licences.items, mandates: mandates.items, unread: messages.unread });
};

const text = { zh: 'x', en: 'x' };
const endsOnStep = { schema: {}, layout: [{ key: 'endsOn', question: text, control: 'date' as const }] };

const giveMandate = async (visit: Visit, work: Work): Promise<Answer> => {
  const { form } = work;
  const principal = form.get('principal') ?? '';
  const basis = form.get('basis');
  const endsOn = decodeForm(endsOnStep, form).endsOn as string | undefined;
  try {
    await visit.client.call(createMandate, {
      body: {
        principal,
        agentName: form.get('agentName')?.trim() ?? '',
        agentCitizenNumber: (form.get('agentCitizenNumber') ?? '').normalize('NFKC').replace(/\s/g, '').toUpperCase(),
        basis: basis === 'family' || basis === 'guardian' ? basis : 'agent',
        ...(endsOn ? { endsOn } : {}),
      },
    });
    return go(visit, '/my/mandates');
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status >= 500 || error.problem.status === 401) throw error;
    const issues = (error.problem.issues?.length ? error.problem.issues : [{ path: 'agentName', message: error.problem.detail }]).map((issue) => ({
      path: issue.path.replace(/^\/(body\/)?/, ''),
      message: issue.message,
    }));
    return mandatesPage(visit, (await visit.client.call(listMandates)).items, { form, issues });
  }
};

const switchActing = (visit: Visit, work: Work): Answer => {
  const chosen = visit.session?.subjects.findIndex((one) => one.id === work.form.get('principal')) ?? -1;
  const subject = chosen > 0 ? visit.session?.subjects[chosen] : undefined;
  if (subject) void work.reply.setCookie(work.cookies.acting, subject.id, work.cookies.options);
  else void work.reply.clearCookie(work.cookies.acting, work.cookies.options);
  return go(visit, ownPath(work.form.get('next')));
};

export const myRoutes: Route[] = [
  get('/my', overview, mine),
  get(
    '/my/cases',
    async (visit, work) => {
      const after = work.query.get('after')?.slice(0, 200) || undefined;
      const found = await visit.client.call(myCases, { query: { after } });
      return myCasesPage(visit, found.items, found.next, Boolean(after));
    },
    mine,
  ),
  get('/my/licences', async (visit) => myLicencesPage(visit, (await visit.client.call(myLicences)).items), mine),
  get(
    '/my/licences/:id',
    async (visit, work) => {
      const licence = await visit.clientFor(null).call(myLicence, { params: { id: param(work, 'id') } });
      const address = new URL(visit.to(licence.verifyPath.startsWith('/') ? licence.verifyPath : `/verify/${encodeURIComponent(licence.id)}`), work.origin).href;
      return licencePage(visit, licence, qrOf(address), address);
    },
    mine,
  ),
  get(
    '/my/licences/:id/pdf',
    (visit, work) => passFile(work, { ...visit.caller, behalf: null }, `/api/my/licences/${encodeURIComponent(param(work, 'id'))}/pdf`, `${param(work, 'id')}.pdf`),
    mine,
  ),
  get(
    '/my/messages',
    async (visit, work) => {
      const after = work.query.get('after')?.slice(0, 200) || undefined;
      return messagesPage(visit, await visit.client.call(myMessages, { query: { after } }), Boolean(after));
    },
    mine,
  ),
  post('/my/messages/:id/read', async (visit, work) => {
    await visit.client.call(readMessage, { params: { id: param(work, 'id') } });
    return go(visit, '/my/messages');
  }),
  get('/my/mandates', async (visit) => mandatesPage(visit, (await visit.client.call(listMandates)).items, {}), mine),
  post('/my/mandates', giveMandate),
  post('/my/mandates/:id/accept', async (visit, work) => {
    await visit.client.call(acceptMandate, { params: { id: param(work, 'id') } });
    return go(visit, '/my/mandates');
  }),
  post('/my/mandates/:id/end', async (visit, work) => {
    await visit.client.call(endMandate, { params: { id: param(work, 'id') } });
    return go(visit, '/my/mandates');
  }),
  get('/my/acting', (visit, work) => (visit.session ? actingPage(visit, visit.session, ownPath(work.query.get('next') ?? '/my')) : go(visit, '/sign-in')), mine),
  post('/my/acting', switchActing),
];
