import { labelLevel, type Actor } from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import { Directory } from '@zhengwu/directory';
import type { Site } from '@zhengwu/module';
import type { Register } from '@zhengwu/pack';
import { fail } from './errors.ts';
import { maskRecord, maySee, type Reader } from './masking.ts';
import { Registers } from './registers.ts';
import * as store from './store-lookup.ts';

const idOf = (site: Site, code: string): number | null => site.use(Directory).departmentByCode(code)?.id ?? null;

export const keeperOf = (site: Site, register: Register): number | null => idOf(site, register.keeper);

/** Departments for which a permission lets the actor read: those it reaches, and with the whole site their own. */
const departmentsOf = ({ scope, departments, homeDepartments }: Actor): readonly number[] => (scope === 'all' ? homeDepartments : departments);

/** A permission reaches a register through its keeper, or through a field that names one of the actor's departments. */
export const reaches = (site: Site, actor: Actor, register: Register): boolean => {
  if (labelLevel(register.label ?? 'internal') > actor.clearance) return false;
  if (actor.scope === 'all') return true;
  return [register.keeper, ...register.fields.flatMap(({ departments = [] }) => departments)].some((code) => actor.departments.includes(idOf(site, code) ?? -1));
};

/** 无条件共享: whoever may read registers at all may read such a one; fields above `internal` stay hidden from them (发改〔2017〕1272). */
export const mayRead = (site: Site, actor: Actor, register: Register): boolean =>
  reaches(site, actor, register) || (register.sharing.class === '1' && labelLevel(register.label ?? 'internal') <= actor.clearance);

/** How records are shown to an official: numbers of people masked in any case. */
export const readerOf = (site: Site, actor: Actor): Reader => ({ ...classReaderOf(site, actor), withoutNumbers: true });

const classReaderOf = (site: Site, actor: Actor): Reader => {
  const directory = site.use(Directory);
  return { own: false, official: true, departments: departmentsOf(actor).flatMap((id) => directory.departmentById(id)?.code ?? []) };
};

/** The register, when there is one and the actor's permission reaches it; throws otherwise. */
export const reached = (site: Site, actor: Actor, code: string): Register => {
  const register = site.use(Registers).definition(code);
  if (!register) throw fail('register.unknown', { register: code });
  if (!mayRead(site, actor, register)) throw fail('register.not-yours', { register: register.name.zh });
  return register;
};

export const hiddenFrom = (register: Register, data: Record<string, unknown>, reader: Reader): string[] =>
  register.fields.filter((field) => (data[field.key] ?? null) !== null && !maySee(field, reader)).map(({ key }) => key);

export interface Asking {
  key: string;
  reason: string;
  day?: string | undefined;
  known?: string | undefined;
}

/** A record as it stands; its reading is recorded first, the vain one too. `detail` says what beside the reading is shown. */
export const look = async (site: Site, actor: Actor, register: Register, { key, reason, day, known }: Asking, event = 'register.looked', detail: Record<string, unknown> = {}): Promise<store.RecordRow> => {
  const on = day ?? dayOf(site.clock.now());
  const row = await store.find(site.database, site.database.system, register.code, key, on, known ?? null);
  const found = row !== undefined && row.secrecy <= actor.clearance ? row : undefined;
  await site.audit.read(actor, { event, subject: found?.subject ?? found?.id ?? register.code, detail: { register: register.code, ...(found ? { record: found.id } : { found: false }), reason, day: on, ...(known ? { known } : {}), ...detail } });
  if (!found) throw fail('register.no-record', { register: register.name.zh });
  return found;
};

/** A look-up over HTTP: permission, one statement, a grouped record of the reading, masking. */
export const readRecord = async (site: Site, actor: Actor, code: string, asking: Asking) => {
  const register = reached(site, actor, code);
  const row = await look(site, actor, register, asking);
  const reader = readerOf(site, actor);
  return {
    register: code, id: row.id, day: asking.day ?? dayOf(site.clock.now()), known: asking.known ?? null, validFrom: row.valid_from, validTo: row.valid_to, knownFrom: row.known_from.toISOString(), cause: row.cause,
    data: maskRecord(register, row.data, reader), masked: hiddenFrom(register, row.data, reader),
  };
};

const idInCause = (cause: string): string => cause.slice(cause.indexOf(':') + 1);

const changedSince = ({ fields }: Register, row: store.RecordRow, older: store.RecordRow | undefined): string[] =>
  older ? fields.filter(({ key }) => JSON.stringify(row.data[key]) !== JSON.stringify(older.data[key])).map(({ key }) => key) : [];

/** Every version in both times, with the records of the audit trail that prove what made it so. */
export const readHistory = async (site: Site, actor: Actor, code: string, { key, reason }: Asking) => {
  const register = reached(site, actor, code);
  const { database } = site;
  const [rows, proofs] = await database.as(database.system, async (tx) => {
    const all = (await store.versions(tx, code, key)).filter(({ secrecy }) => secrecy <= actor.clearance);
    return [all, await store.proofs(tx, [...new Set(all.map(({ cause }) => idInCause(cause)))])] as const;
  }, { readOnly: true });
  const subject = rows.find((row) => row.subject !== null)?.subject ?? rows[0]?.id ?? code;
  await site.audit.read(actor, { event: 'register.historyRead', subject, detail: { register: code, reason, versions: rows.length } });
  if (rows.length === 0) throw fail('register.no-record', { register: register.name.zh });
  const reader = readerOf(site, actor);
  return {
    items: rows.map((row, at) => ({
      changed: changedSince(register, row, rows[at + 1]),
      id: row.id, data: maskRecord(register, row.data, reader), masked: hiddenFrom(register, row.data, reader), validFrom: row.valid_from, validTo: row.valid_to,
      knownFrom: row.known_from.toISOString(), knownTo: row.known_to?.toISOString() ?? null, cause: row.cause,
      proof: proofs.filter((one) => one.subject === idInCause(row.cause)).map(({ id, event, at }) => ({ id, event, at: at.toISOString() })),
    })),
  };
};

/** One field in clear: for the keeper, and for the departments that the field names. */
export const revealField = async (site: Site, actor: Actor, code: string, { field: name, ...asking }: Asking & { field: string }) => {
  const register = reached(site, actor, code);
  const field = register.fields.find(({ key }) => key === name);
  if (!field) throw fail('register.no-field', { register: register.name.zh, field: name });
  const allowed = field.class === 'sensitive' ? (field.departments ?? []) : [register.keeper, ...(field.departments ?? [])];
  if (!maySee(field, classReaderOf(site, actor)) && !allowed.some((one) => departmentsOf(actor).includes(idOf(site, one) ?? -1))) throw fail('register.not-yours', { register: register.name.zh });
  const { data } = await look(site, actor, register, asking, 'register.revealed', { field: name });
  return { field: name, value: data[name] ?? null };
};
