import type { Actor, ResourceMetadata, ResourceRow } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { Directory } from '@zhengwu/directory';
import type { Site } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import { fail } from './errors.ts';
import { checkMetadata, metadataOf } from './metadata.ts';
import { endAll } from './requests.ts';
import * as store from './store.ts';

const nameOf = ({ zh, en }: { zh: string; en: string }): { zh: string; en: string } => ({ zh, en });
export const departmentOf = (site: Site, code: string) => site.use(Directory).departmentByCode(code);

/** Whether this person may change what a department provides. */
const mayEdit = (actor: Actor, department: number | null): boolean => {
  const grant = actor.permissions['catalogue.edit'];
  return grant !== undefined && (grant.scope === 'all' || (department !== null && grant.departments.includes(department)));
};

export const rowOf = (site: Site, actor: Actor, one: store.Listed): ResourceRow => {
  const provider = departmentOf(site, one.provider);
  const state = one.isRetired ? 'retired' : one.state === 'published' || one.state === 'submitted' ? one.state : 'draft';
  return {
    id: one.id, provider: { code: one.provider, name: provider ? nameOf(provider.name) : null }, register: one.register, state, version: one.version, published: one.published, metadata: one.metadata, changedAt: one.at.toISOString(),
    mayEdit: mayEdit(actor, one.department), isOwn: one.department !== null && actor.homeDepartments.includes(one.department),
  };
};

/** Every register that the catalogue does not know yet becomes a draft by itself. */
export const draftRegisters = (site: Site): Promise<void> => site.database.as(site.database.system, async (tx) => {
  let serial = await store.countResources(tx);
  for (const register of site.use(Registers).definitions()) {
    const id = `register-${register.code}`.slice(0, 80);
    if ((await store.selectResource(tx, id)) !== undefined) continue;
    await store.insertResource(tx, { id, provider: register.keeper, department: departmentOf(site, register.keeper)?.id ?? null, register: register.code, metadata: metadataOf(register, ++serial), person: null, by: '平台自动编目' });
  }
});

const locked = async (tx: Tx, actor: Actor, id: string): Promise<store.Resource> => {
  const found = await store.lockResource(tx, id);
  if (!found) throw fail('catalogue.unknown', { resource: id });
  if (!mayEdit(actor, found.department)) throw fail('catalogue.not-yours', { resource: id });
  return found;
};

const latestOf = async (tx: Tx, { id, latest }: store.Resource, looked: number): Promise<store.Version> => {
  const version = await store.selectVersion(tx, id, latest);
  if (!version || latest !== looked) throw fail('catalogue.changed', { resource: id });
  return version;
};

/** Adds a resource, writes into its draft, or begins its next version. Answers the version's number. */
export const edit = async (site: Site, tx: Tx, actor: Actor, id: string, given: { provider: string; metadata: ResourceMetadata; version: number }): Promise<number> => {
  const { metadata } = given;
  checkMetadata(metadata);
  if (await store.isCodeTaken(tx, id, metadata.code)) throw fail('catalogue.code-taken', { code: metadata.code });
  if (given.version === 0) {
    const department = departmentOf(site, given.provider)?.id ?? null;
    if (!mayEdit(actor, department)) throw fail('catalogue.not-yours', { resource: id });
    if (!(await store.insertResource(tx, { id, provider: given.provider, department, register: null, metadata, person: actor.personId, by: actor.name }))) throw fail('catalogue.changed', { resource: id });
    return 1;
  }
  const resource = await locked(tx, actor, id);
  const version = await latestOf(tx, resource, given.version);
  // What waits for a decision is not changed under the hands of who decides.
  if (version.state === 'submitted') throw fail('catalogue.changed', { resource: id });
  return store.writeVersion(tx, resource, version.state !== 'draft' && version.state !== 'returned', metadata, actor.personId, actor.name);
};

export const submit = async (tx: Tx, actor: Actor, id: string, number: number): Promise<void> => {
  const resource = await locked(tx, actor, id);
  const version = await latestOf(tx, resource, number);
  if (version.state !== 'draft' && version.state !== 'returned') throw fail('catalogue.changed', { resource: id });
  checkMetadata(version.metadata);
  // Who hands it over answers for it, whoever wrote it (the platform, for a register).
  await store.writeVersion(tx, resource, false, version.metadata, actor.personId, actor.name);
  await store.setVersionState(tx, id, number, 'submitted', null, null);
};

/** Publishes or returns what was handed over, by another person than who handed it over. */
export const decide = async (tx: Tx, actor: Pick<Actor, 'personId' | 'name'>, id: string, { version: number, outcome, reason }: { version: number; outcome: 'publish' | 'return'; reason?: string | undefined }): Promise<void> => {
  const resource = await store.lockResource(tx, id);
  if (!resource) throw fail('catalogue.unknown', { resource: id });
  const version = await latestOf(tx, resource, number);
  if (version.state !== 'submitted') throw fail('catalogue.changed', { resource: id });
  if (version.byPerson !== null && version.byPerson === actor.personId) throw fail('catalogue.own-version', { resource: id });
  await store.setVersionState(tx, id, number, outcome === 'publish' ? 'published' : 'returned', actor.name, reason ?? null);
  if (outcome === 'publish') await store.publishVersion(tx, id, number);
};

/** Takes a resource out; every use of it ends and is told. */
export const retire = async (site: Site, tx: Tx, actor: Actor, id: string, reason: string): Promise<void> => {
  await locked(tx, actor, id);
  await store.retire(tx, id);
  await endAll(site, tx, id, actor.name, reason);
};
