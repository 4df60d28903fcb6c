import { caseState, isOpenState, type CaseStateCode } from '@zhengwu/contracts';

/** True when nothing more can happen but delivery, rating and revocation. */
export const isEnded = (state: number): boolean => !isOpenState(state as CaseStateCode);

/** True when the case ended with what was applied for. */
export const isApproved = (state: number): boolean => state === caseState.closedApproved || state === caseState.closedApprovedFollowUp;
