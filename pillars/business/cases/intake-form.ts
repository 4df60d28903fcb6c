import type { Actor, ResponseOf, intakeForm as operation } from '@zhengwu/contracts';
import type { Counter } from './draft.ts';

/** All steps of a service for a person at the counter, filled from what the city already holds. */
export const intakeForm = async (counter: Counter, actor: Actor, service: string, identifier: string): Promise<ResponseOf<typeof operation>> => {
  const { packHash } = counter.forms.current(service);
  const steps = counter.forms.steps(packHash, service);
  const applicant = await counter.people.known(actor, identifier);
  const known = applicant ? await counter.forms.known(actor, packHash, service, applicant) : { facts: {}, prefilled: [] };
  const values = Object.fromEntries(known.prefilled.map(({ key, value }) => [key, value]));
  const slots = Object.assign({}, ...(await Promise.all(steps.map((step) => counter.slots.forStep(step))))) as ResponseOf<typeof operation>['slots'];
  return {
    applicant: applicant ? { id: applicant.id, name: applicant.name, kind: applicant.kind } : null,
    form: { steps }, values, prefilled: known.prefilled.map(({ key, source }) => ({ key, source })),
    materials: counter.forms.materials(packHash, service, values, known.facts), slots,
  };
};
