import type { Actor, DataDemand, SupplyRow, Text } from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import type { Tx } from '@zhengwu/database';
import { Directory } from '@zhengwu/directory';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import { citesLaw } from './metadata.ts';
import { ANSWER_DAYS, reaches } from './requests.ts';
import * as demands from './store-demands.ts';
import * as store from './store.ts';

type Needed = Pick<demands.Demand, 'title' | 'items' | 'purpose' | 'basis'>;

/** Asks, for the actor's department, for what the catalogue lacks. */
export const raise = (tx: Tx, actor: Actor, needed: Needed): Promise<string> => {
  const [department] = actor.homeDepartments;
  if (department === undefined) throw fail('catalogue.not-yours', { resource: needed.title });
  return demands.insertDemand(tx, { ...needed, department, raisedBy: actor.name });
};

/** The data administration names who is to provide it; the ten working days begin then (State Council Order 809). */
export const assign = async (site: Site, tx: Tx, actor: Actor, id: string, provider: string): Promise<string> => {
  const demand = await demands.lockDemand(tx, id);
  if (!demand || (demand.state !== 'open' && demand.state !== 'assigned')) throw fail('catalogue.demand-settled', {});
  const department = site.use(Directory).departmentByCode(provider);
  if (!department || department.id === demand.department) throw fail('catalogue.unknown-provider', { provider }, { issues: [{ path: '/body/provider', code: 'field.unknown' }] });
  return demands.assign(tx, id, { provider, department: department.id, by: actor.name, today: dayOf(site.clock.now()), days: ANSWER_DAYS });
};

export interface Answer {
  outcome: 'met' | 'refused';
  answer: string;
  resource?: string | undefined;
  law?: string | undefined;
}

/** The provider meets a demand with a resource of its own that is published, or refuses it by citing the law. */
export const answer = async (tx: Tx, actor: Actor, id: string, given: Answer): Promise<void> => {
  const demand = await demands.lockDemand(tx, id);
  if (demand?.state !== 'assigned' || !reaches(actor, 'catalogue.answer', demand.providerDepartment)) throw fail('catalogue.demand-settled', {});
  if (given.outcome === 'refused' && !citesLaw(given.law ?? '')) throw fail('catalogue.law-missing', {});
  const resource = given.outcome === 'met' ? await store.selectResource(tx, given.resource ?? '') : undefined;
  if (given.outcome === 'met' && (resource?.published == null || !reaches(actor, 'catalogue.answer', resource.department))) throw fail('catalogue.not-met', {}, { issues: [{ path: '/body/resource', code: 'field.unknown' }] });
  await demands.settleDemand(tx, id, { state: given.outcome, resource: resource?.id ?? null, by: actor.name, answer: given.answer, law: given.outcome === 'refused' ? (given.law ?? null) : null });
};

/** Whoever asked needs it no more. */
export const takeBack = async (tx: Tx, actor: Actor, id: string, reason: string): Promise<void> => {
  const demand = await demands.lockDemand(tx, id);
  if (!demand || (demand.state !== 'open' && demand.state !== 'assigned') || !reaches(actor, 'catalogue.request', demand.department)) throw fail('catalogue.demand-settled', {});
  await demands.settleDemand(tx, id, { state: 'withdrawn', resource: null, by: actor.name, answer: reason, law: null });
};

const named = (site: Site, code: string): { code: string; name: Text | null } => ({ code, name: site.use(Directory).departmentByCode(code)?.name ?? null });

export const demandView = (site: Site, actor: Actor, demand: demands.Demand): DataDemand => {
  const { providerDepartment, provider, raisedAt, decidedAt, department, ...rest } = demand;
  const isOpen = demand.state === 'open' || demand.state === 'assigned';
  return {
    ...rest, department: site.use(Directory).departmentById(department)?.name ?? null, provider: provider === null ? null : named(site, provider), raisedAt: raisedAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null,
    overdue: demand.state === 'assigned' && demand.dueDay !== null && demand.dueDay < dayOf(site.clock.now()), mayAssign: isOpen && actor.permissions['catalogue.publish'] !== undefined,
    mayAnswer: demand.state === 'assigned' && reaches(actor, 'catalogue.answer', providerDepartment), mayWithdraw: isOpen && reaches(actor, 'catalogue.request', department),
  };
};

/** What each department provides, and what it owes. */
export const supply = async (site: Site, tx: Tx): Promise<SupplyRow[]> =>
  (await demands.selectSupply(tx, dayOf(site.clock.now()))).map(({ provider, free, conditional, withheld, ...rest }) => ({ ...rest, provider: named(site, provider), published: { free, conditional, withheld } }));

/** Takes answers that are late to the data administration, each once: on record, and as an event that others follow. */
export const escalate = (site: Site): Promise<void> => site.database.as(site.database.system, async (tx) => {
  for (const { kind, id, subject, department, dueDay } of await demands.markLate(tx, dayOf(site.clock.now()))) {
    await site.audit.record(tx, { event: 'catalogue.escalated', subject: id, detail: { kind, subject, department, dueDay } });
    await site.events.append(tx, { type: 'catalogue.overdue', subject: id, payload: { kind, subject, department, dueDay } });
  }
});
