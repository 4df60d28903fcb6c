import {
  addPasskey, beginSecondFactor, citizenPasskeyChallenge, citizenSignInPasskey, citizenSignInSecond, confirmSecondFactor, passkeyEnrolment, ProblemError, recoverWithCode, removePasskey,
  removeSecondFactor, renewRecoveryCodes, secondFactorState, type citizenSignIn, type Problem, type ResponseOf,
} from '@zhengwu/contracts';
import { enrolmentPage, factorsPage, recoverPage, recoveryCodesPage, secondStepPage } from '../pages/factors.tsx';
import type { Issue } from '../pages/my-parts.tsx';
import { go, sent, type Answer } from '../server/answer.ts';
import { qrOf } from '../server/qr.ts';
import { get, mine, param, post, type Route, type Work } from '../server/route.ts';
import { typedCode } from '../server/typed-code.ts';
import type { Visit } from '../server/visit.ts';
import { signInWith } from './entering.ts';
import { nextOf } from './next.ts';
import { ownPath } from './open.ts';

/** Puts the token of a new session into the portal's cookie and goes on. */
export const enterWith = (visit: Visit, work: Work, { token, session }: ResponseOf<typeof citizenSignIn>, next: string): Answer => {
  const maxAge = Math.max(60, Math.floor((Date.parse(session.expiresAt) - Date.now()) / 1000)) || 3600;
  void work.reply.setCookie(work.cookies.session, token, { ...work.cookies.options, maxAge }).clearCookie(work.cookies.acting, work.cookies.options);
  return go(visit, session.mustChange ? '/my/account' : next);
};

/** The problem of a refusal that the page itself tells of; anything else goes on being thrown. */
export const refusalOf = (error: unknown): Problem => {
  if (!(error instanceof ProblemError) || error.problem.status >= 500 || error.problem.code === 'session.step-up') throw error;
  return error.problem;
};

const issuesOf = (problem: Problem, path: string): Issue[] => (problem.issues?.length ? problem.issues : [{ path, message: problem.detail }]);
const state = (visit: Visit) => visit.client.call(secondFactorState);
/** The page of a service that one came from, if it is one of ours. */
const serviceOf = (given: string | null): string | undefined => {
  const path = ownPath(given);
  return path.startsWith('/services/') ? path : undefined;
};

const secondStep = async (visit: Visit, work: Work): Promise<Answer> => {
  const [challenge, next, typed] = [work.form.get('challenge') ?? '', nextOf(work.form.get('next')), typedCode(work.form.get('code'))];
  if (!typed) return secondStepPage(visit, { challenge, next, issues: [{ path: 'code', message: visit.t('secondMissing') }] });
  try {
    return enterWith(visit, work, await visit.client.call(citizenSignInSecond, { body: { challenge, ...typed } }), next);
  } catch (error) {
    const problem = refusalOf(error);
    if (problem.code === 'session.wrong-code') return secondStepPage(visit, { challenge, next, issues: [{ path: 'code', message: problem.detail }] });
    return signInWith(visit, { next, issues: [{ path: 'account', message: problem.detail }] });
  }
};

/** What the browser's script put into the form. */
const ceremonyOf = (form: URLSearchParams): Record<string, unknown> => {
  try {
    const parsed: unknown = JSON.parse(form.get('response') ?? '');
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    // The field was altered: the site refuses what is no answer of a device.
    return {};
  }
};

const signInByPasskey = async (visit: Visit, work: Work): Promise<Answer> => {
  const next = nextOf(work.form.get('next'));
  try {
    return enterWith(visit, work, await visit.client.call(citizenSignInPasskey, { body: { challenge: work.form.get('challenge') ?? '', response: ceremonyOf(work.form) } }), next);
  } catch (error) {
    return signInWith(visit, { next, issues: [{ path: 'account', message: refusalOf(error).detail }] });
  }
};

const json = (work: Work, body: unknown): Answer => {
  void work.reply.header('cache-control', 'no-store').send(body);
  return sent;
};

/** Options for the script; where they are refused it sends the form, which then tells why or asks for a proof. */
const options = async (work: Work, ask: () => Promise<unknown>): Promise<Answer> => {
  try {
    return json(work, await ask());
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status >= 500) throw error;
    void work.reply.status(error.problem.status);
    return json(work, { detail: error.problem.detail });
  }
};

const confirm = async (visit: Visit, work: Work): Promise<Answer> => {
  const [secret, uri, code] = [work.form.get('secret') ?? '', work.form.get('uri') ?? '', (work.form.get('code') ?? '').normalize('NFKC').replace(/\s/g, '')];
  if (!/^[A-Z2-7]{16,64}$/.test(secret) || uri.length > 400) return go(visit, '/my/second-factor');
  const again = (message: string): Answer => enrolmentPage(visit, { secret, uri, qr: qrOf(uri), issues: [{ path: 'code', message }] });
  if (!/^\d{6}$/.test(code)) return again(visit.t('factorSixMissing'));
  try {
    return recoveryCodesPage(visit, (await visit.client.call(confirmSecondFactor, { body: { code } })).recoveryCodes);
  } catch (error) {
    return again(issuesOf(refusalOf(error), 'code')[0]?.message ?? '');
  }
};

const add = async (visit: Visit, work: Work): Promise<Answer> => {
  const name = work.form.get('name')?.trim().slice(0, 60) || visit.t('passkeys');
  try {
    const { recoveryCodes } = await visit.client.call(addPasskey, { body: { challenge: work.form.get('challenge') ?? '', response: ceremonyOf(work.form), name } });
    return recoveryCodes.length > 0 ? recoveryCodesPage(visit, recoveryCodes) : go(visit, '/my/second-factor');
  } catch (error) {
    return factorsPage(visit, await state(visit), issuesOf(refusalOf(error), 'name'));
  }
};

const recover = async (visit: Visit, work: Work): Promise<Answer> => {
  const account = work.form.get('account')?.trim().slice(0, 200) ?? '';
  const [recoveryCode, password] = [work.form.get('recoveryCode')?.trim().slice(0, 40) ?? '', work.form.get('password') ?? ''];
  const rules: [string, boolean, string][] = [
    ['account', account.length > 0, visit.t('signInMissing')], ['recoveryCode', recoveryCode.length >= 8, visit.t('recoveryCodeMissing')], ['password', password.length >= 8 && password.length <= 128, visit.t('passwordBad')],
  ];
  const issues = rules.filter(([, holds]) => !holds).map(([path, , message]) => ({ path, message }));
  if (issues.length > 0) return recoverPage(visit, { account, issues });
  try {
    await visit.client.call(recoverWithCode, { body: { account, recoveryCode, password } });
    return go(visit, '/sign-in?recovered=1');
  } catch (error) {
    return recoverPage(visit, { account, issues: issuesOf(refusalOf(error), 'account') });
  }
};

/** Runs a change of one's own factors and goes back to their page; refusals are told there. */
const change = (work: (visit: Visit, request: Work) => Promise<unknown>) => async (visit: Visit, request: Work): Promise<Answer> => {
  try {
    await work(visit, request);
    return go(visit, '/my/second-factor');
  } catch (error) {
    return factorsPage(visit, await state(visit), issuesOf(refusalOf(error), 'main'));
  }
};

export const factorRoutes: Route[] = [
  post('/sign-in/second', secondStep, { who: 'open', anonymous: true }),
  post('/sign-in/passkey/options', (visit, work) => options(work, () => visit.client.call(citizenPasskeyChallenge, { body: {} })), { who: 'open', anonymous: true }),
  post('/sign-in/passkey', signInByPasskey, { who: 'open', anonymous: true }),
  get('/recover', (visit) => recoverPage(visit)),
  post('/recover', recover, { who: 'open', anonymous: true }),
  get('/my/second-factor', async (visit, work) => factorsPage(visit, await state(visit), [], serviceOf(work.query.get('back'))), mine),
  post('/my/second-factor/begin', async (visit) => {
    try {
      const begun = await visit.client.call(beginSecondFactor, { body: {} });
      return enrolmentPage(visit, { ...begun, qr: qrOf(begun.uri) });
    } catch (error) {
      return factorsPage(visit, await state(visit), issuesOf(refusalOf(error), 'main'));
    }
  }),
  post('/my/second-factor/confirm', confirm),
  post('/my/second-factor/remove', change((visit) => visit.client.call(removeSecondFactor))),
  post('/my/second-factor/codes', async (visit) => recoveryCodesPage(visit, (await visit.client.call(renewRecoveryCodes, { body: {} })).recoveryCodes)),
  post('/my/passkeys/options', (visit, work) => options(work, () => visit.client.call(passkeyEnrolment, { body: {} })), { csrf: '/my/passkeys' }),
  post('/my/passkeys', add),
  post('/my/passkeys/:id/remove', change((visit, work) => visit.client.call(removePasskey, { params: { id: param(work, 'id') } }))),
];
