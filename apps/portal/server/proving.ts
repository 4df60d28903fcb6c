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
const ask = (visit: Visit, route: Route, work: Work, needsCode: boolean, message?: string): PageAnswer =>
  provePage(visit, {
    action: visit.path, csrf: formName(route), needsCode, fields: [...work.form].filter(([name]) => !OURS.includes(name)),
    ...(message === undefined ? {} : { issues: [{ path: '_password', message }] }),
  });

export const askProof = (visit: Visit, route: Route, work: Work, { problem }: ProblemError): PageAnswer => {
  const means = problem.extra?.['means'];
  return ask(visit, route, work, Array.isArray(means) && !means.includes('password'));
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
    return ask(visit, route, work, kind === 'code', error.problem.detail);
  }
};
