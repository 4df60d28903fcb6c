import type { Actor, BodyOf, changeEntry, createEntry, actOnEntry } from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import type { Acting, Tx } from '@zhengwu/database';
import { Directory } from '@zhengwu/directory';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { actOf, afterAct, checkFields, checkOthers, dueOf, knownRegister, laterBy, type Entry } from './entry.ts';
import { fail } from './errors.ts';
import type { Act, Register } from './registers/register.ts';
import * as store from './store.ts';

export const today = (site: Pick<Site, 'clock'>): string => dayOf(site.clock.now());

/** A look that changes nothing. */
export const reading = <T>({ database }: Site, actor: Acting, work: (tx: Tx) => Promise<T>): Promise<T> => database.as(actor, work, { readOnly: true });

const checkOwner = async (site: Site, { owned }: Register, owner: string | null): Promise<void> => {
  if (owner === null ? owned : (await site.use(Directory).officials([owner])).length === 0) throw fail('governance.owner');
};

const checkDated = ({ dated }: Register, day: string | null): void => {
  if (dated && day === null) throw fail('governance.undated', {}, { issues: [{ path: '/dueAt', code: 'field.required' }] });
};

/** The entry, held until the transaction ends, in the version that the person looked at. */
const held = async (tx: Tx, id: string, version: number): Promise<Entry> => {
  const entry = await store.entryById(tx, id, true);
  if (!entry) throw fail('governance.unknown');
  if (entry.version !== version) throw fail('governance.changed', { version: entry.version });
  return entry;
};

const write = async (site: Site, tx: Tx, actor: Actor, before: Entry, after: Entry, deed: { act: string; reason?: string }): Promise<Entry> => {
  if (!(await store.updateEntry(tx, after))) throw fail('governance.unknown');
  const { fields, owner, state, due, title } = before;
  await store.addChange(tx, before.id, actor, {
    version: before.version + 1, act: deed.act, reason: deed.reason ?? null,
    before: { title, fields, owner, state, due }, after: { title: after.title, fields: after.fields, owner: after.owner, state: after.state, due: after.due },
  });
  await site.audit.record(tx, { event: 'governance.changed', subject: before.id, detail: { number: before.number, act: deed.act, state: after.state } });
  await site.events.append(tx, { type: 'governance.changed', subject: before.id, payload: { register: before.register, act: deed.act, state: after.state } });
  return { ...after, version: before.version + 1 };
};

/** Begins an entry of a register that this keeper keeps; answers its id and number. */
export const begin = async (site: Site, tx: Tx, actor: Actor, body: BodyOf<typeof createEntry>, keeper: Register['keeper']): Promise<{ id: string; number: string }> => {
  const register = knownRegister(body.register);
  if (register.keeper !== keeper) throw fail('governance.no-register', { register: body.register });
  const department = body.department ?? actor.homeDepartments[0] ?? actor.departments[0];
  if (department === undefined || !(actor.scope === 'all' || actor.departments.includes(department))) throw fail('governance.out-of-reach', { department: department ?? 0 });
  await checkOwner(site, register, body.owner);
  checkDated(register, body.dueAt);
  const fields = checkFields(register, body.fields);
  const day = today(site);
  const number = await store.nextNumber(tx, register.prefix, day.slice(0, 4));
  const review = body.reviewAt ?? (register.reviewMonths === undefined ? null : laterBy(day, register.reviewMonths * 30));
  const entry = { id: uuidv7(), number, register: register.code, title: body.title, fields, department, owner: body.owner, state: register.states[0]?.code ?? '', due: dueOf(register, fields, body.dueAt, day), review, version: 1 };
  await store.insertEntry(tx, entry, actor.personId);
  await store.addChange(tx, entry.id, actor, { version: 1, act: 'create', reason: null, before: null, after: { title: entry.title, fields, owner: entry.owner, state: entry.state, due: entry.due } });
  await site.audit.record(tx, { event: 'governance.changed', subject: entry.id, detail: { number, act: 'create', state: entry.state } });
  return { id: entry.id, number };
};

/** Changes what an entry says, not where it stands. Words of a policy that is published or put forward change by a new edition only. */
export const change = async (site: Site, tx: Tx, actor: Actor, id: string, body: BodyOf<typeof changeEntry>, keeper: Register['keeper']): Promise<Entry> => {
  const entry = await held(tx, id, body.version);
  const register = knownRegister(entry.register);
  if (register.keeper !== keeper) throw fail('governance.no-register', { register: entry.register });
  if (register.states[0]?.code !== entry.state && register.acts.some(({ others }) => others.length > 0)) throw fail('governance.wrong-state', { state: entry.state, act: 'change' });
  await checkOwner(site, register, body.owner);
  checkDated(register, body.dueAt);
  const fields = checkFields(register, body.fields);
  const since = entry.createdAt.slice(0, 10);
  const after = { ...entry, title: body.title, fields, owner: body.owner, due: dueOf(register, fields, body.dueAt, since), review: body.reviewAt };
  return write(site, tx, actor, entry, after, { act: 'change', reason: body.reason });
};

const countApproval = async (tx: Tx, entry: Entry, act: Act, actor: Actor): Promise<boolean> => {
  if (act.people === 1) return true;
  const given = await store.approve(tx, entry, act.code, actor.personId ?? '');
  if (given === null) throw fail('governance.approved-already');
  return given >= act.people;
};

/** Moves an entry on; an act that needs several people counts once the last of them has done it. */
export const perform = async (site: Site, tx: Tx, actor: Actor, id: string, body: BodyOf<typeof actOnEntry>, needs: Act['needs']): Promise<Entry> => {
  const entry = await held(tx, id, body.version);
  const act = actOf(entry, body.act, needs);
  if (act.reason && !body.reason?.trim()) throw fail('governance.reason');
  checkOthers(act, await store.deeds(tx, id), actor.personId);
  if (act.proof !== undefined && !(await store.hasProof(tx, id, act.proof))) throw fail('governance.no-proof', { proof: act.proof });
  if (!(await countApproval(tx, entry, act, actor))) {
    await site.audit.record(tx, { event: 'governance.approved', subject: entry.id, detail: { number: entry.number, act: act.code } });
    return entry;
  }
  return write(site, tx, actor, entry, afterAct(entry, act, body.fields ?? {}, today(site)), { act: act.code, reason: body.reason });
};

const platform = { personId: null, name: 'Zhengwu' };

/** What the platform itself does to an entry, as system: lapse, a measured outcome. */
export const moveBy = async (site: Site, tx: Tx, id: string, act: string, next: Partial<Entry>): Promise<void> => {
  const entry = await store.entryById(tx, id, true);
  if (!entry) return;
  const after = { ...entry, ...next };
  await store.updateEntry(tx, after);
  await store.addChange(tx, id, platform, { version: entry.version + 1, act, reason: null, before: { state: entry.state, due: entry.due }, after: { state: after.state, due: after.due } });
  await site.audit.record(tx, { event: 'governance.changed', subject: id, detail: { number: entry.number, act, state: after.state } });
};
