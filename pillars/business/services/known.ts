import type { Actor, Text } from '@zhengwu/contracts';
import { valueOf } from './feel.ts';
import type { FrozenService } from './frozen.ts';
import { lookUpAll, questionsOf, type Looked, type Questions } from './looking-up.ts';
import { establish, type Established, type Evidence } from './needs.ts';
import type { HeldLicence, KnownApplicant, Sources } from './sources.ts';

/** What is known of an applicant before they answer anything. */
export interface Known {
  facts: Record<string, unknown>;
  prefilled: { key: string; value: unknown; source: Text; locked: boolean }[];
}

/** One source that was asked, as it stays with the case: which, by whom it is kept, since when it holds. */
export interface FetchedSource {
  register: string;
  name: Text;
  keeper: Text | null;
  /** The name under which its content is among the facts; null where only yes or no was kept. */
  fact: string | null;
  /** The applicant's own record; of others nothing is told but whether a fact holds. */
  own: boolean;
  found: boolean;
  validFrom: string | null;
  knownFrom: string | null;
}

/** What was looked up instead of asked, kept in the facts as `fetched` and frozen with the case. */
export interface Fetched {
  at: string;
  sources: FetchedSource[];
  needs: Established[];
}

type Fact = Record<string, unknown> & { found: boolean };

/** A fact always has every field that is read of it, so that expressions never read what is not there; and no others. */
const factOf = (sources: Sources, register: string, record: Record<string, unknown> | null, read: ReadonlySet<string> | null): Fact => {
  const fields = (sources.registers.definition(register)?.fields ?? []).filter(({ key }) => read === null || read.has(key));
  return { found: record !== null, ...Object.fromEntries(fields.map((field) => [field.key, record?.[field.key] ?? null])) };
};

const nameOf = (sources: Sources, register: string): Text => sources.registers.definition(register)?.name ?? { zh: register, en: register };

const evidenceOf = (sources: Sources, applicant: KnownApplicant, looked: readonly Looked[], held: readonly HeldLicence[]): Evidence => ({
  applicant: applicant.identifier,
  today: sources.today(),
  looked: (register, key) => looked.find((one) => one.register === register && one.key === key)?.record ?? null,
  licence: (type) => held.find((one) => one.type === type)?.name,
  nameOf: (register) => nameOf(sources, register),
});

const sourcesOf = (sources: Sources, applicant: KnownApplicant, questions: Questions, looked: readonly Looked[]): FetchedSource[] =>
  looked.map(({ register, key, record }) => ({
    register, name: nameOf(sources, register), keeper: sources.departmentName(sources.registers.definition(register)?.keeper ?? ''),
    fact: questions.facts.find((one) => one.register === register && one.key === key)?.name ?? null,
    own: key === applicant.identifier, found: record !== null, validFrom: record?.validFrom ?? null, knownFrom: record ? record.knownFrom.toISOString() : null,
  }));

/** Materials that need not be handed in, because what they prove is established, with who established it. */
const satisfied = ({ service }: FrozenService, needs: readonly Established[]): Record<string, Text> =>
  Object.fromEntries(service.materials.flatMap(({ code, satisfiedBy }) => {
    const by = needs.find((one) => one.code === satisfiedBy.need)?.by;
    return by ? [[code, by]] : [];
  }));

const prefill = (frozen: FrozenService, scope: Record<string, unknown>): Known['prefilled'] =>
  frozen.service.form.flatMap((step) => step.layout).flatMap((field) => {
    if (field.prefill === undefined) return [];
    const { value } = valueOf(field.prefill, scope);
    if (value === null || value === '') return [];
    return [{ key: field.key, value, source: field.prefillSource ?? { zh: '已有数据', en: 'On file' }, locked: field.locked ?? false }];
  });

/**
 * Reads registers and licences on file, as the platform, and records who asked: an applicant's facts, what they make
 * unnecessary to hand in (`facts.onFile`), where they come from (`facts.fetched`), and the answers held already. With
 * `answers`, facts that depend on them are read too.
 */
export const readKnown = async (sources: Sources, actor: Actor, frozen: FrozenService, applicant: KnownApplicant, answers: Record<string, unknown> = {}): Promise<Known> => {
  const mayPrefill = sources.mayPrefill?.(applicant.id) ?? true;
  const questions = questionsOf(frozen, applicant, answers, mayPrefill);
  const [looked, held] = await Promise.all([lookUpAll(sources, actor, frozen, applicant, questions), sources.licences(applicant.id)]);
  const evidence = evidenceOf(sources, applicant, looked, held);
  const facts: Record<string, unknown> = Object.fromEntries(
    questions.facts.map(({ name, register, key }) => [name, factOf(sources, register, evidence.looked(register, key)?.data ?? null, frozen.fieldsRead.get(name) ?? null)]),
  );
  const needs = mayPrefill ? frozen.service.needs.map((need) => establish(need, questions.needs.get(need.code) ?? [], evidence)) : [];
  facts.onFile = { materials: satisfied(frozen, needs), licences: held.map(({ id, type }) => ({ id, type })) };
  facts.fetched = { at: sources.now().toISOString(), sources: sourcesOf(sources, applicant, questions, looked), needs } satisfies Fetched;
  facts.applicant = { id: applicant.id, kind: applicant.kind, name: applicant.name, identifier: applicant.identifier };
  const licences = Object.fromEntries(held.map((one) => [one.type.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()), one.fields]));
  return { facts, prefilled: !mayPrefill ? [] : prefill(frozen, { facts, principal: applicant, account: applicant, licences }) };
};
