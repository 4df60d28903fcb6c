import type { Actor } from '@zhengwu/contracts';
import { advance } from './advance.ts';
import { onCase, type Desk } from './commands.ts';
import { note } from './history.ts';
import { wrongState } from './states.ts';
import type { Once } from './committing.ts';

/** Tries again what incidents hold in a case; answers how many are held still. Throws `case.wrong-state` when none is. */
export const retryHeld = (desk: Desk, actor: Actor, caseId: string, once?: Once): Promise<{ held: number }> =>
  onCase(desk, caseId, {
    actor, ...(once ? { once } : {}),
    work: (flow) => {
      const held = (): number[] => flow.state.t.filter((token) => token.x !== undefined).map((token) => token.i);
      const tokens = held();
      if (tokens.length === 0) throw wrongState(flow.row.state);
      note(flow, { kind: 'retried', zh: '管理员已重试出错的环节', en: 'An administrator tried the failed step again', internal: true });
      flow.unit.audit.push({ event: 'case.retried', subject: flow.row.id, detail: { tokens } });
      // A retry may bring other tokens to an end; only what is held by then is tried.
      for (const token of tokens) if (held().includes(token)) advance(flow, { type: 'retry', token });
      return { held: held().length };
    },
  });
