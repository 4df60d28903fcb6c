import { isDeemedAccepted, dayOf } from '@zhengwu/clock';
import { caseState, type Actor } from '@zhengwu/contracts';
import { isZhengwuError } from '@zhengwu/errors';
import type { Variables } from '@zhengwu/processes';
import { advance } from './advance.ts';
import { onCase, type Desk } from './commands.ts';
import { closeCase } from './closing.ts';
import { note } from './history.ts';
import { acceptCase, awaitsFee, recordPayment, tell } from './operations.ts';
import { isEnded, isHeld } from './states.ts';

/** The platform acting by itself; its name is on what it does. */
export const platform: Actor = {
  kind: 'system', accountId: null, personId: null, name: '政务平台', subjects: [], onBehalfOf: null, scope: 'all', departments: [], homeDepartments: [],
  posts: [], permissions: {}, clearance: 0, assurance: 1, sessionId: null, requestId: 'platform', address: '',
};

/** A race that was lost, or a case already gone on: nothing is left to do. */
const outrun = (error: unknown): boolean => isZhengwuError(error) && (error.code === 'case.wrong-state' || error.code === 'case.unknown');

export const quietly = async (work: Promise<unknown>): Promise<void> => {
  try {
    await work;
  } catch (error) {
    if (!outrun(error)) throw error;
  }
};

/** The fee of a case is paid; a repeat of the same event finds the message already delivered. Of an ended case it is given back. */
export const paid = (desk: Desk, caseId: string, event: string): Promise<void> =>
  quietly(onCase(desk, caseId, {
    actor: platform, once: { operation: 'case.paid', key: event, hash: caseId },
    work: (flow) => {
      if (!awaitsFee(flow)) return null;
      if (isEnded(flow.row.state)) {
        flow.unit.events.push({ type: 'payments.unclaimed', subject: String(flow.application.variables['order']) });
        return null;
      }
      recordPayment(flow);
      advance(flow, { type: 'deliverMessage', name: 'payment.paid' });
      return null;
    },
  }));

/** A fee was given back; the applicant is told. `amount` in fen. */
export const refunded = (desk: Desk, caseId: string, amount: number, event: string): Promise<void> =>
  quietly(onCase(desk, caseId, {
    actor: platform, once: { operation: 'case.refunded', key: event, hash: caseId },
    work: (flow) => {
      const yuan = (amount / 100).toFixed(2);
      note(flow, { kind: 'refunded', zh: `已退费 ${yuan} 元`, en: `Fee returned: ${yuan} yuan` });
      tell(flow, 'paymentReturned', { amount: yuan });
      return null;
    },
  }));

/** A signal that another process threw; every case that waits for it goes on, once for each event. */
export const signalled = async (desk: Desk, cases: readonly string[], { name, variables, event }: { name: string; variables?: Variables; event: string }): Promise<void> => {
  for (const caseId of cases) {
    await quietly(onCase(desk, caseId, {
      actor: platform, once: { operation: 'case.signalled', key: `${event}:${caseId}`, hash: caseId },
      work: (flow) => {
        advance(flow, { type: 'broadcastSignal', name, variables });
        return null;
      },
    }));
  }
};

/** A timer of the process is due. One that was taken just before the case was held is left: it stands still with the others. */
export const timerFired = (desk: Desk, caseId: string, timer: string): Promise<void> =>
  quietly(onCase(desk, caseId, {
    actor: platform,
    work: (flow) => {
      if (isHeld(flow.row.state)) return null;
      flow.instance.cancelledTimers.push(timer);
      advance(flow, { type: 'fireTimer', timer });
      return null;
    },
  }));

/** Deemed accepted 逾期视为受理: nothing missing was named within five working days of receipt (行政许可法 §32). */
export const deemAccepted = (desk: Desk, caseId: string): Promise<void> =>
  quietly(onCase(desk, caseId, {
    actor: platform,
    work: (flow) => {
      const received = dayOf(new Date(flow.row.submitted_at));
      const open = flow.row.state === caseState.received && !flow.row.accepted_at;
      if (open && isDeemedAccepted(flow.ground.calendar(), received, dayOf(flow.now))) acceptCase(flow, 'deemed', received);
      return null;
    },
  }));

const LAPSED = { zh: '逾期未补正，视为撤回申请', en: 'Not corrected in time; taken as withdrawn' };

/** The applicant did not correct in time: the case is closed without decision, as the notice said. */
export const correctionLapsed = (desk: Desk, caseId: string): Promise<void> =>
  quietly(onCase(desk, caseId, {
    actor: platform,
    work: (flow) => {
      if (flow.row.state !== caseState.correctionStarted) return null;
      closeCase(flow, flow.row.accepted_at ? 'withdrawn' : 'withdrawnBeforeAccept', LAPSED, 'correctionOverdue');
      advance(flow, { type: 'cancel', reason: 'correction-lapsed' });
      return null;
    },
  }));
