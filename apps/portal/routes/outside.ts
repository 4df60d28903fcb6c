import {
  beginOutside, beginOutsideMine, beginOutsideProof, confirmOutside, finishOutside, ProblemError, setPassword, unlinkOutside, type BodyOf, type ResponseOf, type Text,
} from '@zhengwu/contracts';
import { confirmOutsidePage, goingPage } from '../pages/outside.tsx';
import { secondStepPage } from '../pages/factors.tsx';
import { go, goTo, type Answer } from '../server/answer.ts';
import { get, param, post, type Route, type Work } from '../server/route.ts';
import { typedCode } from '../server/typed-code.ts';
import type { Visit } from '../server/visit.ts';
import { accountAgain } from './account.ts';
import { signInWith } from './entering.ts';
import { enterWith, refusalOf } from './factors.ts';
import { nextOf } from './next.ts';
import { ownPath } from './open.ts';

/** What ties a journey to the browser that began it, and the language to come back in; gone after ten minutes. */
const SECONDS = 600;
const bindingOf = (work: Work): { binding: string; lang: string } => {
  const [binding = '', lang = ''] = (work.request.cookies[work.cookies.outside] ?? '').split('.');
  return { binding: /^[\w-]{20,100}$/.test(binding) ? binding : '', lang };
};
const forget = (work: Work): void => void work.reply.clearCookie(work.cookies.outside, work.cookies.options);

const depart = (visit: Visit, work: Work, { address, binding, name }: ResponseOf<typeof beginOutside>): Answer => {
  void work.reply.setCookie(work.cookies.outside, `${binding}.${visit.lang}`, { ...work.cookies.options, maxAge: SECONDS });
  return goingPage(visit, name, address);
};

const begin = async (visit: Visit, work: Work): Promise<Answer> => {
  const next = nextOf(work.form.get('next'));
  try {
    return depart(visit, work, await visit.client.call(beginOutside, { params: { id: param(work, 'id') }, body: { next } }));
  } catch (error) {
    return signInWith(visit, { next, issues: [{ path: 'account', message: refusalOf(error).detail }] });
  }
};

/** What the source sent along with the browser; names given twice count once. */
const broughtBack = ({ query }: Work, binding: string): BodyOf<typeof finishOutside> | null => {
  const [state, code, iss, error] = ['state', 'code', 'iss', 'error'].map((name) => query.get(name) ?? undefined);
  if (!/^[\w-]{20,100}$/.test(state ?? '') || binding === '') return null;
  return { binding, state: state ?? '', ...(code ? { code: code.slice(0, 2000) } : {}), ...(iss ? { iss: iss.slice(0, 300) } : {}), ...(error ? { error: error.slice(0, 100) } : {}) };
};

const outcome = (visit: Visit, work: Work, { outcome: what, next, token, session, challenge = '', username = '', name }: ResponseOf<typeof finishOutside>): Answer => {
  if (what === 'confirm') return confirmOutsidePage(visit, { challenge, account: username, name: name ?? { zh: '', en: '' }, next });
  forget(work);
  if (what === 'second-factor') return secondStepPage(visit, { challenge, next: nextOf(next) });
  if (what === 'entered' && token !== undefined && session !== undefined) return enterWith(visit, work, { token, session }, nextOf(next));
  // Proved: the page one came from, whose path has its language.
  return what === 'linked' ? go(visit, '/my/account?outside=linked') : goTo(ownPath(next));
};

/** As the site says it of a journey that this browser did not begin. */
const over = (visit: Visit): ProblemError => new ProblemError({ type: 'about:blank', title: '', status: 422, detail: visit.t('outsideOver'), instance: '', code: 'identity-source.over' });

const callback = async (visit: Visit, work: Work): Promise<Answer> => {
  const { binding, lang } = bindingOf(work);
  // The address registered at the source knows no language; the reader comes back in theirs.
  if (lang === 'en' && visit.lang !== 'en') return goTo(`/en${work.request.url}`);
  const body = broughtBack(work, binding);
  try {
    if (!body) throw over(visit);
    return outcome(visit, work, await visit.client.call(finishOutside, { params: { id: param(work, 'id') }, body }));
  } catch (error) {
    const { detail } = refusalOf(error);
    forget(work);
    return visit.session ? accountAgain(visit, [{ path: 'main', message: detail }]) : signInWith(visit, { next: '/my', issues: [{ path: 'account', message: detail }] });
  }
};

const confirm = async (visit: Visit, work: Work): Promise<Answer> => {
  const field = (name: string, most: number): string => (work.form.get(name) ?? '').slice(0, most);
  const name: Text = { zh: field('zh', 200), en: field('en', 200) };
  const [challenge, account, next, password] = [field('challenge', 100), field('account', 200), nextOf(work.form.get('next')), field('password', 128)];
  const again = (message: string): Answer => confirmOutsidePage(visit, { challenge, account, name, next, issues: [{ path: 'password', message }] });
  if (password === '') return again(visit.t('passwordMissing'));
  try {
    const { binding } = bindingOf(work);
    if (binding === '' || challenge === '') throw over(visit);
    const entered = await visit.client.call(confirmOutside, { body: { challenge, binding, password, ...typedCode(work.form.get('code')) } });
    forget(work);
    return enterWith(visit, work, entered, nextOf(entered.next));
  } catch (error) {
    const { code, detail } = refusalOf(error);
    if (code === 'identity-source.not-proved') return again(detail);
    forget(work);
    return signInWith(visit, { next, issues: [{ path: 'account', message: detail }] });
  }
};

/** Runs a change of one's own links; a refusal is told on the account's page. */
const change = (work: (visit: Visit, request: Work) => Promise<Answer>) => async (visit: Visit, request: Work): Promise<Answer> => {
  try {
    return await work(visit, request);
  } catch (error) {
    const problem = refusalOf(error);
    return accountAgain(visit, problem.issues?.length ? problem.issues.map((issue) => ({ path: issue.path.replace(/^\/body\//, ''), message: issue.message })) : [{ path: 'main', message: problem.detail }]);
  }
};

const open = { who: 'open', anonymous: true } as const;

export const outsideRoutes: Route[] = [
  post('/sign-in/outside/:id/begin', begin, open),
  get('/sign-in/outside/:id/callback', callback),
  post('/sign-in/outside-confirmation', confirm, open),
  post('/my/outside/:id/link', change(async (visit, work) => depart(visit, work, await visit.client.call(beginOutsideMine, { params: { id: param(work, 'id') }, body: { next: '/my/account' } })))),
  post('/my/outside-proof', change(async (visit, work) => depart(visit, work, await visit.client.call(beginOutsideProof, { body: { next: ownPath(work.form.get('back')) } })))),
  post('/my/outside/:id/unlink', change(async (visit, work) => {
    await visit.client.call(unlinkOutside, { params: { id: param(work, 'id') } });
    return go(visit, '/my/account?outside=unlinked');
  })),
  post('/my/outside-password', change(async (visit, work) => {
    const password = work.form.get('password') ?? '';
    if (password.length < 8 || password.length > 128) return accountAgain(visit, [{ path: 'password', message: visit.t('passwordBad') }]);
    await visit.client.call(setPassword, { body: { password } });
    return go(visit, '/my/account?outside=set');
  })),
];
