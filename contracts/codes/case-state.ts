import { codeList, type CodeEntry } from './code-list.ts';

interface StateEntry extends CodeEntry<number> {
  readonly key: string;
  /** Where the applicant's answer is still to come. */
  readonly open: boolean;
}

/** Case states 办件状态: the fifteen of the national platform, by number. */
export const caseStates = codeList('case-state', [
  { code: 1, key: 'received', zh: '已接件', en: 'Received', open: true },
  { code: 2, key: 'withdrawnBeforeAccept', zh: '已撤件', en: 'Withdrawn before acceptance', open: false },
  { code: 3, key: 'windowAccepted', zh: '窗口受理', en: 'Accepted at the window', open: true },
  { code: 4, key: 'notWithinScope', zh: '不受理', en: 'Outside this office’s scope', open: false },
  { code: 5, key: 'acceptanceRefused', zh: '不予受理', en: 'Acceptance refused', open: false },
  { code: 6, key: 'correctionStarted', zh: '补正开始', en: 'Correction asked for', open: true },
  { code: 7, key: 'correctionEnded', zh: '补正结束', en: 'Correction received', open: true },
  { code: 8, key: 'departmentAccepted', zh: '部门受理', en: 'Accepted by the department', open: true },
  { code: 9, key: 'specialStarted', zh: '特别程序开始', en: 'Special procedure started', open: true },
  { code: 10, key: 'specialEnded', zh: '特别程序结束', en: 'Special procedure ended', open: true },
  { code: 11, key: 'closedApproved', zh: '办结（予以许可）', en: 'Closed: approved', open: false },
  { code: 12, key: 'closedApprovedFollowUp', zh: '办结（容缺，待补材料）', en: 'Closed: approved, materials to follow', open: false },
  { code: 13, key: 'closedNotApproved', zh: '办结（不予许可）', en: 'Closed: not approved', open: false },
  { code: 14, key: 'withdrawn', zh: '撤回', en: 'Withdrawn', open: false },
  { code: 15, key: 'revoked', zh: '撤销', en: 'Revoked', open: false },
] as const satisfies readonly StateEntry[]);

type Entry = (typeof caseStates)['entries'][number];
export type CaseStateCode = Entry['code'];
export type CaseStateKey = Entry['key'];

/** State numbers by name: `caseState.received` is 1. */
export const caseState = Object.freeze(Object.fromEntries(caseStates.entries.map(({ key, code }) => [key, code]))) as {
  readonly [K in CaseStateKey]: Extract<Entry, { key: K }>['code'];
};

/** True while an answer is still to come. */
export const isOpenState = (code: CaseStateCode): boolean => caseStates.entry(code).open;

const accepted = (): CaseStateCode[] => [6, 9, 11, 12, 13, 14];

/**
 * Which state may follow which. A correction before acceptance returns to the desk that asked (7 leads on to 3, 8, 4, 5);
 * 行政许可法 §32 orders acceptance, §45 the special procedures, §69 revocation after approval.
 */
export const nextStates: { readonly [S in CaseStateCode]: readonly CaseStateCode[] } = {
  1: [2, 3, 4, 5, 6, 8],
  2: [],
  3: [4, 5, 8, ...accepted()],
  4: [],
  5: [],
  6: [2, 7, 14, 13],
  7: [2, 3, 4, 5, 6, 8, 9, 11, 12, 13, 14],
  8: accepted(),
  9: [10, 14],
  10: accepted(),
  11: [15],
  12: [11, 15],
  13: [15],
  14: [],
  15: [],
};
