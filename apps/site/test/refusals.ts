import { expect } from 'vitest';
import type { Problem } from '@zhengwu/contracts';

export const SERVICE = 'identity-card-replacement';
/** An id that nothing has. */
export const NOBODY = '0190f7a0-0000-7000-8000-00000000dead';

/** A refusal as it must be: a problem with a stable code in the reader's words, nothing of our inside. */
export const isClear = async (response: Response, statuses: readonly number[]): Promise<Problem> => {
  const text = await response.text();
  expect(statuses, `${response.status} ${text}`).toContain(response.status);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  expect(text).not.toMatch(/node_modules|\.ts:\d|select |insert |pg_|at Object\./i);
  const problem = JSON.parse(text) as Problem;
  expect(problem).toMatchObject({ code: expect.stringMatching(/^[a-z][a-z-]*\./), detail: expect.stringMatching(/\S{4}/), status: response.status });
  return problem;
};

/** A whole application for a card, as an applicant sends it. */
export const submission = (more: object = {}) => ({ service: SERVICE, values: { reason: 'lost', lostOn: '2026-11-20', lossDeclared: true, phone: '12500000001', delivery: 'window' }, materials: [], ...more });
