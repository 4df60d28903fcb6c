import { ProblemError, proveAgain } from '@zhengwu/contracts';
import { provePage } from '../pages/factors.tsx';
import type { PageAnswer } from './answer.ts';
import { formName, type Route, type Work } from './route.ts';
import { typedCode } from './typed-code.ts';
import type { Visit } from './visit.ts';

/** The site wants a proof before it does this. */
export const isStepUp = (error: unknown): error is ProblemError => error instanceof ProblemError && error.problem.code === 'session.step-up';

const OURS = ['_csrf', '_proof', '_password', '_code'];

/** The page that asks for a proof and sends the same form again. */
const ask = (visit: Visit, route: Route, work: Work, { needsCode, outside = null, own = true }: { needsCode: boolean; outside?: string | null; own?: boolean }, message?: string): PageAnswer =>
  provePage(visit, {
    action: visit.path, csrf: formName(route), needsCode, outside, own, fields: [...work.form].filter(([name]) => !OURS.includes(name)),
    ...(message === undefined ? {} : { issues: [{ path: '_password', message }] }),
  });

/** The page of ours that a form was sent from, to come back to. */
const cameFrom = (visit: Visit, work: Work): string => {
  const { referer } = work.request.headers;
  const path = referer?.startsWith(`${work.origin}/`) ? referer.slice(work.origin.length) : '';
  return path === '' || path.includes('/sign-in') ? visit.to('/my') : path;
};

export const askProof = (visit: Visit, route: Route, work: Work, { problem }: ProblemError): PageAnswer => {
  const given = problem.extra?.['means'];
  const means: unknown[] = Array.isArray(given) ? given : ['password'];
  const outside = means.includes('outside') ? cameFrom(visit, work) : null;
  return ask(visit, route, work, { needsCode: !means.includes('password'), outside, own: means.some((one) => one === 'password' || one === 'code') || outside === null });
};

/** Gives the proof that a form brings along; the page that asks again when it does not hold, null when the form may go on. */
export const proveFirst = async (visit: Visit, route: Route, work: Work): Promise<PageAnswer | null> => {
  const kind = work.form.get('_proof');
  if (kind === null) return null;
  try {
    await visit.client.call(proveAgain, { body: { password: (work.form.get('_password') ?? '').slice(0, 128) || ' ', ...typedCode(work.form.get('_code')) } });
    return null;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'session.not-proved') throw error;
    return ask(visit, route, work, { needsCode: kind === 'code' }, error.problem.detail);
  }
};
