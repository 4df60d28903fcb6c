import type { FieldIssue, Language, Problem } from '@zhengwu/contracts';
import { common } from './common.ts';
import { fillIn } from './message.ts';
import { declaredError } from './registry.ts';
import { titleOf } from './titles.ts';
import { BRAND, type Issue, type ZhengwuError } from './zhengwu-error.ts';

/** Whether a thrown value is a declared failure (true across bundles too). */
export const isZhengwuError = (error: unknown): error is ZhengwuError =>
  typeof error === 'object' && error !== null && BRAND in error;

const wordsOf = (issue: Issue, language: Language): string => {
  if (typeof issue.message === 'string') return issue.message;
  const text = issue.message ?? declaredError(issue.code);
  if (!text) return issue.code;
  return fillIn(language === 'en' ? text.en : text.zh, issue.params);
};

const issueIn = (language: Language) => (issue: Issue): FieldIssue => ({
  path: issue.path,
  code: issue.code,
  message: wordsOf(issue, language),
});

/**
 * RFC 9457 problem details of any thrown value, in the reader's language; `instance` is the request id.
 * Anything but a declared failure becomes `server.unexpected` and says nothing of its inside.
 */
export const toProblem = (error: unknown, language: Language, requestId: string): Problem => {
  const known = isZhengwuError(error) ? error : common('server.unexpected', { requestId });
  const entry = declaredError(known.code);
  const words = entry ? (language === 'en' ? entry.en : entry.zh) : known.message;
  const title = entry?.title ?? titleOf(known.status);
  const problem: Problem = {
    type: `/api/problems/${known.code}`,
    title: language === 'en' ? title.en : title.zh,
    status: known.status,
    detail: fillIn(words, known.params),
    instance: requestId,
    code: known.code,
  };
  if (known.issues?.length) problem.issues = known.issues.map(issueIn(language));
  if (known.extra) problem.extra = known.extra;
  return problem;
};
