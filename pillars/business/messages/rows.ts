import { uuidv7 } from '@zhengwu/ids';

/** A message for other modules' units of work; `messages.write(jsonb)` takes it. */
export const messageRow = (given: { to: string; template: string; params: Record<string, unknown>; caseId: string | null; key: string; at: Date }) => ({
  id: uuidv7(), recipient: given.to, template: given.template, params: given.params, case_id: given.caseId, key: given.key, sent_at: given.at.toISOString(),
});
