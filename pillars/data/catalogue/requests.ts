import type { Actor, ResourceRequest } from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import type { Tx } from '@zhengwu/database';
import { Directory } from '@zhengwu/directory';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import { citesLaw } from './metadata.ts';
import * as requests from './store-requests.ts';
import * as store from './store.ts';

/** Working days within which a provider answers (省级实践；国务院令第809号). */
export const ANSWER_DAYS = 10;

/** Services of the exchange by which a register's resource is read. */
const servicesOf = ({ register }: Pick<store.Resource, 'register'>): string[] => (register === null ? [] : ['registers']);

const tell = (site: Site, tx: Tx, type: 'catalogue.granted' | 'catalogue.withdrawn', resource: store.Resource, request: requests.Request): Promise<string> => site.events.append(tx, {
  type, subject: resource.id,
  payload: {
    resource: resource.id, register: resource.register, department: request.department, member: request.subsystem?.split('/').slice(0, 3).join('/') ?? null, subsystem: request.subsystem, services: servicesOf(resource),
    personal: request.personal, until: request.until, request: request.id,
  },
});

export interface Asked {
  purpose: string;
  basis: string;
  subsystem?: string | undefined;
  personal: boolean;
}

/** Asks for a resource as the actor's department: granted at once where it is shared without condition, refused at once where it is not shared. */
export const ask = async (site: Site, tx: Tx, actor: Actor, id: string, asked: Asked): Promise<requests.Request> => {
  const resource = await store.lockResource(tx, id);
  const published = resource?.published == null ? undefined : await store.selectVersion(tx, id, resource.published);
  if (!resource || !published) throw fail('catalogue.unknown', { resource: id });
  const { name, sharing } = published.metadata;
  const [department] = actor.homeDepartments;
  if (department === undefined || (resource.department !== null && actor.homeDepartments.includes(resource.department))) throw fail('catalogue.own-resource', { resource: name.zh });
  if (sharing.class === '3') throw fail('catalogue.not-shared', { resource: name.zh, basis: sharing.basis?.zh ?? '' });
  if (await requests.isAsked(tx, id, department, asked.subsystem ?? null)) throw fail('catalogue.asked-already', { resource: name.zh });
  const request = await requests.insertRequest(tx, {
    resource: id, department, providerDepartment: resource.department, purpose: asked.purpose, basis: asked.basis, subsystem: asked.subsystem ?? null, personal: asked.personal, raisedBy: actor.name, today: dayOf(site.clock.now()), days: ANSWER_DAYS,
  });
  // What is about persons is never shared without somebody deciding it.
  if (sharing.class !== '1' || asked.personal) return request;
  await requests.settle(tx, request.id, 'granted', '平台', '无条件共享，即时授权', null, null);
  await tell(site, tx, 'catalogue.granted', resource, request);
  return { ...request, state: 'granted' };
};

/** Whether a permission of this person covers a department. */
export const reaches = (actor: Actor, permission: string, department: number | null): boolean => {
  const grant = actor.permissions[permission];
  return grant !== undefined && (grant.scope === 'all' || (department !== null && grant.departments.includes(department)));
};

/** The provider grants, or refuses by citing the law. */
export const answer = async (site: Site, tx: Tx, actor: Actor, id: string, given: { outcome: 'granted' | 'refused'; answer: string; law?: string | undefined; until?: string | undefined }): Promise<requests.Request> => {
  const request = await requests.lockRequest(tx, id);
  const resource = request && (await store.selectResource(tx, request.resource));
  if (!request || !resource || request.state !== 'open' || !reaches(actor, 'catalogue.answer', request.providerDepartment)) throw fail('catalogue.request-settled', {});
  if (given.outcome === 'refused' && !citesLaw(given.law ?? '')) throw fail('catalogue.law-missing', {});
  const until = given.until ?? null;
  await requests.settle(tx, id, given.outcome, actor.name, given.answer, given.law ?? null, until);
  if (given.outcome === 'granted') await tell(site, tx, 'catalogue.granted', resource, { ...request, until });
  return { ...request, state: given.outcome };
};

/** Whoever asked takes it back or needs it no more; a use that was granted ends. */
export const withdraw = async (site: Site, tx: Tx, actor: Actor, id: string, reason: string): Promise<void> => {
  const request = await requests.lockRequest(tx, id);
  const resource = request && (await store.selectResource(tx, request.resource));
  const mine = request && (reaches(actor, 'catalogue.request', request.department) || reaches(actor, 'catalogue.answer', request.providerDepartment));
  if (!request || !resource || !mine || (request.state !== 'open' && request.state !== 'granted')) throw fail('catalogue.request-settled', {});
  await requests.settle(tx, id, 'withdrawn', actor.name, reason, null, request.until);
  if (request.state === 'granted') await tell(site, tx, 'catalogue.withdrawn', resource, request);
};

/** Ends every use of a resource that leaves the catalogue. */
export const endAll = async (site: Site, tx: Tx, id: string, by: string, reason: string): Promise<void> => {
  const resource = await store.selectResource(tx, id);
  for (const request of resource ? await requests.selectGranted(tx, id) : []) {
    await requests.settle(tx, request.id, 'withdrawn', by, reason, null, request.until);
    await tell(site, tx, 'catalogue.withdrawn', resource as store.Resource, request);
  }
};

export const viewOf = (site: Site, actor: Actor, request: requests.Request, resource: store.Listed | undefined): ResourceRequest => {
  const directory = site.use(Directory);
  const provider = resource && directory.departmentByCode(resource.provider);
  const { providerDepartment, raisedAt, decidedAt, ...rest } = request;
  const isMine = reaches(actor, 'catalogue.request', request.department) || reaches(actor, 'catalogue.answer', providerDepartment);
  return {
    ...rest, name: resource?.metadata.name ?? { zh: request.resource, en: request.resource }, provider: { code: resource?.provider ?? '', name: provider ? { zh: provider.name.zh, en: provider.name.en } : null },
    department: directory.departmentById(request.department)?.name ?? null, raisedAt: raisedAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null, overdue: request.state === 'open' && request.dueDay < dayOf(site.clock.now()),
    mayDecide: request.state === 'open' && reaches(actor, 'catalogue.answer', providerDepartment), mayWithdraw: isMine && (request.state === 'open' || request.state === 'granted'),
  };
};
