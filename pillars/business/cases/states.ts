import { caseState, caseStates, isOpenState, nextStates, type CaseStateCode, type Text } from '@zhengwu/contracts';
import type { ZhengwuError } from '@zhengwu/errors';
import { fail } from './errors.ts';
import type { TaskRow } from './rows.ts';

/** True when nothing more can happen but delivery, rating and revocation. */
export const isEnded = (state: number): boolean => !isOpenState(state as CaseStateCode);

/** True when the case ended with what was applied for. */
export const isApproved = (state: number): boolean => state === caseState.closedApproved || state === caseState.closedApprovedFollowUp;

/** True while nobody may go on: the applicant corrects, or a special procedure runs. */
export const isHeld = (state: number): boolean => state === caseState.correctionStarted || state === caseState.specialStarted;

/** True when the fifteen states allow this step; a state may stay what it is. */
export const mayBecome = (from: number, to: number): boolean => from === to || nextStates[from as CaseStateCode].includes(to as CaseStateCode);

/** The wording of a state. */
export const stateText = (state: number): Text => {
  const { zh, en } = caseStates.entry(state as CaseStateCode);
  return { zh, en };
};

const TASK_STATUS: Readonly<Record<TaskRow['status'], Text>> = {
  open: { zh: '任务待办理', en: 'task open' }, claimed: { zh: '任务已认领', en: 'task claimed' }, waiting: { zh: '任务暂停中', en: 'task waiting' },
  done: { zh: '任务已办结', en: 'task done' }, cancelled: { zh: '任务已取消', en: 'task cancelled' },
};

/** Refuses what the state of a case, or of one of its tasks, does not allow. */
export const wrongState = (found: number | TaskRow['status']): ZhengwuError => {
  const text = typeof found === 'number' ? stateText(found) : TASK_STATUS[found];
  return fail('case.wrong-state', {}, { extra: { state: text } });
};
