import { changePassword, citizenSignIn, citizenSignOut, endSession, leaveOutside, listSessions, myOutside, ProblemError, registerCitizen, signInHistory, type Problem } from '@zhengwu/contracts';
import { isCitizenNumber } from '@zhengwu/ids';
import { registerPage } from '../pages/account.tsx';
import { secondStepPage } from '../pages/factors.tsx';
import { leftPage } from '../pages/outside.tsx';
import { accountPage, type Seen } from '../pages/security.tsx';
import { type Issue } from '../pages/my-parts.tsx';
import { go, type Answer } from '../server/answer.ts';
import { get, mine, param, post, type Route, type Work } from '../server/route.ts';
import type { Visit } from '../server/visit.ts';
import { signInWith } from './entering.ts';
import { enterWith, refusalOf } from './factors.ts';
import { nextOf } from './next.ts';

const field = (work: Work, name: string): string => work.form.get(name)?.trim() ?? '';
const issuesOf = (problem: Problem): Issue[] => (problem.issues?.length ? problem.issues : [{ path: '', message: problem.detail }]);

const signIn = async (visit: Visit, work: Work): Promise<Answer> => {
  const next = nextOf(work.form.get('next'));
  const account = field(work, 'account').slice(0, 200);
  const password = work.form.get('password') ?? '';
  const missing: Issue[] = [
    ...(account ? [] : [{ path: 'account', message: visit.t('signInMissing') }]),
    ...(password ? [] : [{ path: 'password', message: visit.t('passwordMissing') }]),
  ];
  if (missing.length > 0) return signInWith(visit, { next, values: { account }, issues: missing });
  try {
    return enterWith(visit, work, await visit.client.call(citizenSignIn, { body: { account, password: password.slice(0, 128) } }), next);
  } catch (error) {
    const problem = refusalOf(error);
    if (problem.code === 'session.second-factor') return secondStepPage(visit, { challenge: String(problem.extra?.['challenge'] ?? ''), next });
    return signInWith(visit, { next, values: { account }, issues: [{ path: 'account', message: problem.detail }] });
  }
};

const REGISTER = ['name', 'citizenNumber', 'phone', 'account'] as const;

const register = async (visit: Visit, work: Work): Promise<Answer> => {
  const next = nextOf(work.form.get('next'));
  const values = Object.fromEntries(REGISTER.map((name) => [name, field(work, name).normalize('NFKC')])) as Record<(typeof REGISTER)[number], string>;
  const citizenNumber = values.citizenNumber.replace(/\s/g, '').toUpperCase();
  const phone = values.phone.replace(/[\s-]/g, '');
  const password = work.form.get('password') ?? '';
  const rules: [string, boolean, string][] = [
    ['name', values.name.length > 0 && values.name.length <= 200, visit.t('nameMissing')],
    ['citizenNumber', isCitizenNumber(citizenNumber), visit.t('citizenNumberBad')],
    ['phone', /^1\d{10}$/.test(phone), visit.t('mobileBad')],
    ['account', /^[A-Za-z0-9][A-Za-z0-9._-]{3,39}$/.test(values.account), visit.t('accountBad')],
    ['password', password.length >= 8 && password.length <= 128, visit.t('passwordBad')],
  ];
  const issues = rules.filter(([, holds]) => !holds).map(([path, , message]) => ({ path, message }));
  if (issues.length > 0) return registerPage(visit, { next, values, issues });
  try {
    await visit.client.call(registerCitizen, { body: { name: values.name, citizenNumber, phone, account: values.account, password } });
    return go(visit, `/sign-in?registered=1&next=${encodeURIComponent(next)}`);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status >= 500) throw error;
    return registerPage(visit, { next, values, issues: issuesOf(error.problem) });
  }
};

/** Sessions and sign-ins of the reader; nothing while a one-time password is to be changed first. */
const seenOf = async (visit: Visit): Promise<Seen> => {
  if (visit.session?.mustChange) return { sessions: [], history: [], outside: null };
  const [sessions, history, outside] = await Promise.all([visit.client.call(listSessions), visit.client.call(signInHistory), visit.client.call(myOutside)]);
  return { sessions: sessions.items, history: history.items, outside };
};

/** The account's page with what went wrong. */
export const accountAgain = async (visit: Visit, issues: Issue[]): Promise<Answer> => accountPage(visit, await seenOf(visit), { issues });

const leave = async (visit: Visit, work: Work): Promise<Answer> => {
  // The source of the session is asked first: afterwards nobody knows it. Signing out here never depends on it.
  const source = visit.session ? await visit.client.call(leaveOutside).catch(() => null) : null;
  if (visit.session) await visit.client.call(citizenSignOut);
  void work.reply.clearCookie(work.cookies.session, work.cookies.options).clearCookie(work.cookies.acting, work.cookies.options);
  return source?.address && source.name ? leftPage({ ...visit, session: null }, source.name, source.address) : go(visit, '/');
};

const changeMyPassword = async (visit: Visit, work: Work): Promise<Answer> => {
  const seen = await seenOf(visit);
  const next = work.form.get('next') ?? '';
  if (next.length < 8 || next.length > 128) return accountPage(visit, seen, { issues: [{ path: 'next', message: visit.t('passwordBad') }] });
  try {
    await visit.client.call(changePassword, { body: { current: (work.form.get('current') ?? '').slice(0, 128), next } });
    return go(visit, '/my/account?changed=1');
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status >= 500) throw error;
    const issues = issuesOf(error.problem).map((issue) => ({ ...issue, path: issue.path.replace(/^\/body\//, '') || 'current' }));
    return accountPage(visit, seen, { issues });
  }
};

export const accountRoutes: Route[] = [
  get('/sign-in', (visit, work) =>
    visit.session
      ? go(visit, nextOf(work.query.get('next')))
      : signInWith(visit, { next: nextOf(work.query.get('next')), registered: work.query.get('registered') === '1', ended: work.query.get('ended') === '1', recovered: work.query.get('recovered') === '1' }),
  ),
  post('/sign-in', signIn, { who: 'open', anonymous: true }),
  get('/register', (visit, work) => registerPage(visit, { next: nextOf(work.query.get('next')) })),
  post('/register', register, { who: 'open', anonymous: true }),
  post('/sign-out', leave),
  get('/my/account', async (visit, work) => accountPage(visit, await seenOf(visit), { changed: work.query.get('changed') === '1', outside: work.query.get('outside') ?? '' }), mine),
  post('/my/account', changeMyPassword),
  post('/my/sessions/:id/end', async (visit, work) => {
    await visit.client.call(endSession, { params: { id: param(work, 'id') } });
    return go(visit, '/my/account');
  }),
];
