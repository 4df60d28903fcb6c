import type { Actor, Text } from '@zhengwu/contracts';
import type { Audit } from '@zhengwu/audit';
import type { Registers } from '@zhengwu/registers';
import { complete } from './answers.ts';
import { valueOf } from './feel.ts';
import type { FrozenService } from './frozen.ts';

/** Who applies: a person or an institution, by their number. */
export interface KnownApplicant {
  id: string;
  kind: 'person' | 'institution';
  name: string;
  identifier: string;
  phone: string | null;
  email: string | null;
}

/** A licence that the applicant holds now. */
export interface HeldLicence {
  id: string;
  type: string;
  name: Text;
  fields: Record<string, unknown>;
  validUntil: string | null;
}

/** Reads the licences in force of a principal. */
export type LicencesOnFile = (holder: string) => Promise<HeldLicence[]>;

/** What is known of an applicant before they answer anything. */
export interface Known {
  facts: Record<string, unknown>;
  prefilled: { key: string; value: unknown; source: Text; locked: boolean }[];
}

export interface Sources {
  audit: Audit;
  /** Whether what is on file may fill in this applicant's form (个人信息保护法 §15, §16); always, where nobody can say otherwise. */
  mayPrefill?: (applicant: string) => boolean;
  registers: Registers;
  licences: LicencesOnFile;
  /** Today in Asia/Shanghai. */
  today(): string;
}

type Fact = Record<string, unknown> & { found: boolean };

/** A fact always has every field of its register, so that expressions never read what is not there. */
const factOf = (sources: Sources, register: string, record: Record<string, unknown> | null): Fact => {
  const fields = sources.registers.definition(register)?.fields ?? [];
  return { found: record !== null, ...Object.fromEntries(fields.map((field) => [field.key, record?.[field.key] ?? null])) };
};

/** Registers of the service and of its materials, each once, with the key it is asked by. */
const questionsOf = (frozen: FrozenService, scope: Record<string, unknown>): { name: string; register: string; key: string }[] => {
  const { facts, materials } = frozen.service;
  const named = facts.map((fact) => ({ name: fact.name, register: fact.register, key: String(valueOf(fact.key, scope).value ?? '') }));
  const rest = materials.flatMap(({ satisfiedBy }) => (satisfiedBy.register ? [satisfiedBy.register.code] : [])).filter((code) => !facts.some((fact) => fact.register === code));
  const own = (scope.applicant as KnownApplicant).identifier;
  return [...named, ...[...new Set(rest)].map((register) => ({ name: '', register, key: own }))];
};

const readFacts = async (sources: Sources, actor: Actor, frozen: FrozenService, applicant: KnownApplicant, answers: Record<string, unknown>) => {
  const scope = { applicant, principal: applicant, account: applicant, application: complete(frozen.service.form, answers) };
  const questions = questionsOf(frozen, scope);
  const answerable = questions.filter((one) => one.key !== '');
  const [records] = await Promise.all([
    sources.registers.lookUp(answerable, sources.today()),
    sources.audit.read(actor, { event: 'register.read', subject: applicant.id, detail: { service: frozen.service.code, registers: answerable.map((one) => one.register) } }),
  ]);
  return questions.map((question) => ({ ...question, record: records[answerable.indexOf(question)] ?? null }));
};

/** Materials that a licence or a register gives already, with what gives them. */
const satisfied = (sources: Sources, frozen: FrozenService, read: { register: string; record: Record<string, unknown> | null }[], held: HeldLicence[]): Record<string, Text> => {
  const found: Record<string, Text> = {};
  for (const { code, satisfiedBy } of frozen.service.materials) {
    const licence = held.find((one) => satisfiedBy.licences?.includes(one.type));
    const { register } = satisfiedBy;
    const record = register ? read.find((one) => one.register === register.code)?.record : undefined;
    const fits = record && (!register?.when || valueOf(register.when, { record, today: sources.today() }).value === true);
    if (licence) found[code] = licence.name;
    else if (fits && register) found[code] = sources.registers.definition(register.code)?.name ?? { zh: register.code, en: register.code };
  }
  return found;
};

const prefill = (frozen: FrozenService, scope: Record<string, unknown>): Known['prefilled'] =>
  frozen.service.form.flatMap((step) => step.layout).flatMap((field) => {
    if (field.prefill === undefined) return [];
    const { value } = valueOf(field.prefill, scope);
    if (value === null || value === '') return [];
    return [{ key: field.key, value, source: field.prefillSource ?? { zh: '已有数据', en: 'On file' }, locked: field.locked ?? false }];
  });

/**
 * Reads registers and licences on file, as the platform, and records who asked: an applicant's facts, what they make
 * unnecessary to hand in (`facts.onFile`), and the answers held already. With `answers`, facts that depend on them are read too.
 */
export const readKnown = async (sources: Sources, actor: Actor, frozen: FrozenService, applicant: KnownApplicant, answers: Record<string, unknown> = {}): Promise<Known> => {
  const [read, held] = await Promise.all([readFacts(sources, actor, frozen, applicant, answers), sources.licences(applicant.id)]);
  const facts: Record<string, unknown> = Object.fromEntries(
    read.filter((one) => one.name !== '').map((one) => [one.name, factOf(sources, one.register, one.record)]),
  );
  const mayPrefill = sources.mayPrefill?.(applicant.id) ?? true;
  facts.onFile = { materials: !mayPrefill ? {} : satisfied(sources, frozen, read, held), licences: held.map(({ id, type }) => ({ id, type })) };
  facts.applicant = { id: applicant.id, kind: applicant.kind, name: applicant.name, identifier: applicant.identifier };
  const licences = Object.fromEntries(held.map((one) => [one.type.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()), one.fields]));
  return { facts, prefilled: !mayPrefill ? [] : prefill(frozen, { facts, principal: applicant, account: applicant, licences }) };
};
