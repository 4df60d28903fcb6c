import type { Actor } from '@zhengwu/contracts';
import type { Held } from '@zhengwu/registers';
import { complete } from './answers.ts';
import { valueOf } from './feel.ts';
import type { FrozenService } from './frozen.ts';
import { peopleOf, type About } from './needs.ts';
import type { KnownApplicant, Sources } from './sources.ts';

/** One record that was asked for, with what was found. */
export interface Looked {
  register: string;
  key: string;
  record: Held | null;
}

/** What a service asks registers for, of this applicant with these answers. */
export interface Questions {
  /** By the name under which expressions read them; no key, nothing to ask yet. */
  facts: { name: string; register: string; key: string }[];
  /** Of whom each need must be true. */
  needs: ReadonlyMap<string, readonly About[]>;
}

/** Facts by their own key and needs by each person's, so that two facts of one register never answer for each other. */
export const questionsOf = ({ service }: FrozenService, applicant: KnownApplicant, answers: Record<string, unknown>, mayUse: boolean): Questions => {
  const scope = { applicant, principal: applicant, account: applicant, application: complete(service.form, answers) };
  return {
    facts: service.facts.map(({ name, register, key }) => ({ name, register, key: String(valueOf(key, scope).value ?? '') })),
    needs: new Map(mayUse ? service.needs.map((need) => [need.code, peopleOf(need, scope)]) : []),
  };
};

const keysOf = ({ service }: FrozenService, { facts, needs }: Questions): { register: string; key: string }[] => {
  const all = [
    ...facts.filter(({ key }) => key !== '').map(({ register, key }) => ({ register, key })),
    ...service.needs.flatMap(({ code, sources }) => sources.flatMap((source) => ('register' in source ? (needs.get(code) ?? []).map(({ number }) => ({ register: source.register, key: number })) : []))),
  ];
  return [...new Map(all.map((one) => [`${one.register} ${one.key}`, one])).values()];
};

/** Everybody whose record was found learns of it: the applicant in any case, others by their own entry. */
const record = async ({ audit }: Sources, actor: Actor, service: string, applicant: string, looked: readonly Looked[]): Promise<void> => {
  const others = [...new Set(looked.flatMap((one) => one.record?.subject ?? []))].filter((subject) => subject !== applicant);
  const registers = [...new Set(looked.map((one) => one.register))];
  await Promise.all([applicant, ...others].map((subject) => audit.read(actor, { event: 'register.read', subject, detail: { service, registers } })));
};

/** Asks all registers in one round trip, as the platform, and records it. */
export const lookUpAll = async (sources: Sources, actor: Actor, frozen: FrozenService, applicant: KnownApplicant, questions: Questions): Promise<Looked[]> => {
  const keys = keysOf(frozen, questions);
  const found = await sources.registers.lookUp(keys, sources.today());
  const looked = keys.map((one, i) => ({ ...one, record: found[i] ?? null }));
  await record(sources, actor, frozen.service.code, applicant.id, looked);
  return looked;
};
