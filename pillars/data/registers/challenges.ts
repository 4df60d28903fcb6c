import type { Actor } from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import type { Tx } from '@zhengwu/database';
import { Directory } from '@zhengwu/directory';
import { maskCitizenNumber } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { recordIssues, type Register } from '@zhengwu/pack';
import { fail } from './errors.ts';
import { maskRecord, type Reader } from './masking.ts';
import { checks } from './open.ts';
import { keeperOf, reached, readerOf } from './reading.ts';
import { Registers } from './registers.ts';
import * as store from './store-challenges.ts';
import * as records from './store-lookup.ts';

/** Working days within which a challenge is answered, where the register says nothing: as a request for data is (国务院令809). */
export const ANSWER_DAYS = 10;

interface Doubt {
  key: string;
  field: string;
  proposed: unknown;
  reason: string;
}

const themself: Reader = { own: true, official: false, departments: [] };
const LONGEST = 4000;

const checked = (register: Register, data: Record<string, unknown>, { field, proposed }: Doubt): void => {
  const name = register.name.zh;
  if (!register.fields.some(({ key }) => key === field) || field === register.key) throw fail('register.no-field', { register: name, field });
  if (JSON.stringify(data[field] ?? null) === JSON.stringify(proposed ?? null)) throw fail('challenge.same');
  const issues = JSON.stringify(proposed ?? null).length > LONGEST ? [`/${field} > ${LONGEST}`] : recordIssues(register, { ...data, [field]: proposed ?? null }, checks);
  if (issues.length > 0) throw fail('register.record-invalid', { register: name, issues: issues.join('; ') });
};

/** A doubt about a value: of an official whose permission reaches the register, or of the person whom it is about. */
export const raise = async (site: Site, actor: Actor, code: string, doubt: Doubt, isOwn: boolean) => {
  const { database } = site;
  const register = isOwn ? site.use(Registers).definition(code) : reached(site, actor, code);
  if (!register) throw fail('register.unknown', { register: code });
  const today = dayOf(site.clock.now());
  const row = await records.find(database, database.system, code, doubt.key, today, null);
  const mayTouch = row && (isOwn ? row.subject !== null && actor.subjects.includes(row.subject) : row.secrecy <= actor.clearance);
  if (!row || !mayTouch) throw fail('register.no-record', { register: register.name.zh });
  checked(register, row.data, doubt);
  return database.as(database.system, async (tx) => {
    const raised = await store.insert(tx, {
      register: code, ...doubt, proposed: doubt.proposed ?? null, on_day: row.valid_from, found: row.data[doubt.field] ?? null, person: actor.personId ?? '', name: actor.name,
      department: isOwn ? null : (actor.homeDepartments[0] ?? null), keeper: keeperOf(site, register), today, days: register.correctionDays ?? ANSWER_DAYS,
    });
    if (!raised) throw fail('challenge.open');
    await site.audit.recordFor(tx, actor, { event: 'challenge.raised', subject: raised.id, detail: { register: code, field: doubt.field } });
    await site.events.append(tx, { type: 'challenge.raised', subject: raised.id, payload: { register: code, field: doubt.field, dueDay: raised.due_day } });
    return { id: raised.id, dueDay: raised.due_day };
  });
};

/** A challenge as its reader may see it; the key never in full. */
const viewOf = (site: Site, row: store.ChallengeRow, reader: Reader) => {
  const register = site.use(Registers).definition(row.register);
  const field = register?.fields.find(({ key }) => key === row.field);
  const none = { zh: row.register, en: row.register };
  const isNumber = register?.fields.some(({ key, identifier }) => key === register.key && identifier === 'citizenNumber') ?? false;
  const department = (id: number | null) => (id === null ? null : (site.use(Directory).departmentById(id)?.name ?? null));
  const shown = (value: unknown) => (register ? (maskRecord(register, { [row.field]: value }, reader)[row.field] ?? null) : null);
  return {
    id: row.id, register: row.register, registerName: register?.name ?? none, key: isNumber ? maskCitizenNumber(row.key) : row.key, field: row.field, fieldLabel: field?.label ?? { zh: row.field, en: row.field },
    day: row.on_day, found: shown(row.found), proposed: row.proposed, reason: row.reason, by: row.name, department: department(row.department), keeper: department(row.keeper), state: row.state,
    raisedAt: row.raised_at.toISOString(), dueDay: row.due_day, overdue: row.state === 'open' && row.due_day < dayOf(site.clock.now()), answer: row.answer, answeredBy: row.answered_by, answeredAt: row.answered_at?.toISOString() ?? null,
  };
};

export const mine = async (site: Site, actor: Actor) => {
  const reader = actor.kind === 'citizen' ? themself : readerOf(site, { ...actor, departments: actor.homeDepartments });
  const rows = await site.database.as(actor, (tx) => store.mine(tx, actor.personId ?? ''), { readOnly: true });
  return { items: rows.map((row) => viewOf(site, row, row.department === null ? themself : reader)) };
};

/** What the actor's departments keep and others doubt; the keeper sees its own values. */
export const toAnswer = async (site: Site, actor: Actor, isOpen: boolean) => {
  const rows = await site.database.as(actor, (tx) => store.toAnswer(tx, isOpen), { readOnly: true });
  return { items: rows.map((row) => viewOf(site, row, themself)) };
};

const correct = async (site: Site, tx: Tx, actor: Actor, row: store.ChallengeRow, value: unknown, validFrom: string): Promise<void> => {
  const cause = `correction:${row.id}`;
  await site.use(Registers).write(tx, { register: row.register, key: row.key, data: { [row.field]: value }, validFrom, cause });
  await site.audit.recordFor(tx, actor, { event: 'register.corrected', subject: row.id, detail: { register: row.register, field: row.field, validFrom } });
};

/** The keeper's answer; an accepted challenge is written in the same transaction, so that followers hear of it. */
export const answer = async (site: Site, actor: Actor, id: string, said: { outcome: 'accepted' | 'refused'; answer: string; value?: unknown; validFrom?: string | undefined }) => {
  const { database } = site;
  const row = await database.as(actor, (tx) => store.oneToAnswer(tx, id), { readOnly: true });
  if (!row) throw fail('challenge.gone');
  await database.as(database.system, async (tx) => {
    if (!(await store.answer(tx, id, said.outcome, said.answer, actor.name))) throw fail('challenge.gone');
    await site.audit.recordFor(tx, actor, { event: 'challenge.answered', subject: id, detail: { outcome: said.outcome, register: row.register, field: row.field } });
    if (said.outcome === 'accepted') await correct(site, tx, actor, row, said.value === undefined ? row.proposed : said.value, said.validFrom ?? row.on_day);
    await site.events.append(tx, { type: 'challenge.answered', subject: id, payload: { outcome: said.outcome, register: row.register, field: row.field } });
  });
  return { id };
};

export const withdraw = (site: Site, actor: Actor, id: string) => site.database.as(actor, async (tx) => {
  if (!(await store.withdraw(tx, id, actor.personId ?? ''))) throw fail('challenge.gone');
  await site.audit.record(tx, { event: 'challenge.withdrawn', subject: id });
  return { id };
});
