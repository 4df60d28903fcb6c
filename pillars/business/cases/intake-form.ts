import type { Actor, ResponseOf, evaluateIntake as evaluation, intakeForm as operation } from '@zhengwu/contracts';
import type { Sealer } from '@zhengwu/crypto';
import type { Counter } from './draft.ts';
import { fail } from './errors.ts';

type Answers = Record<string, unknown>;

/** Facts go to the console sealed: they hold what registers say in clear, which the person at the counter may not see. */
const boundTo = (actor: Actor, service: string, packHash: string): string => `${actor.accountId ?? ''} ${service} ${packHash}`;

const asked = ({ forms }: Counter, packHash: string, service: string, values: Answers, facts: Answers): ResponseOf<typeof evaluation> => ({
  visible: forms.steps(packHash, service).flatMap((step) => forms.visible(packHash, service, step.id, values, facts)),
  materials: forms.materials(packHash, service, values, facts),
});

/** What to ask and which materials to take in, by the answers so far and the facts of the first look-up; no register is read. Throws `intake.facts-unknown`. */
export const evaluateIntake = (counter: Counter, sealer: Sealer, actor: Actor, service: string, values: Answers, sealed: string): ResponseOf<typeof evaluation> => {
  const { packHash } = counter.forms.current(service);
  let facts: Answers;
  try {
    facts = JSON.parse(sealer.open(sealed, boundTo(actor, service, packHash))) as Answers;
  } catch {
    throw fail('intake.facts-unknown');
  }
  return asked(counter, packHash, service, values, facts);
};

/** All steps of a service for a person at the counter, filled from what the city already holds. */
export const intakeForm = async (counter: Counter, sealer: Sealer, actor: Actor, service: string, identifier: string): Promise<ResponseOf<typeof operation>> => {
  const { packHash } = counter.forms.current(service);
  const steps = counter.forms.steps(packHash, service);
  const applicant = await counter.people.known(actor, identifier);
  const known = applicant ? await counter.forms.known(actor, packHash, service, applicant) : { facts: {}, prefilled: [] };
  const values = Object.fromEntries(known.prefilled.map(({ key, value }) => [key, value]));
  const slots = Object.assign({}, ...(await Promise.all(steps.map((step) => counter.slots.forStep(step))))) as ResponseOf<typeof operation>['slots'];
  return {
    applicant: applicant ? { id: applicant.id, name: applicant.name, kind: applicant.kind } : null,
    form: { steps }, values, facts: sealer.seal(JSON.stringify(known.facts), boundTo(actor, service, packHash)),
    prefilled: known.prefilled.map(({ key, source }) => ({ key, source })), ...asked(counter, packHash, service, values, known.facts), slots,
  };
};
