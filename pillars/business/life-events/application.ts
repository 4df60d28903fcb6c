import type { Actor, LifeEventApplication, MyCaseDetail, ResponseOf, saveLifeEventStep, Text } from '@zhengwu/contracts';
import { beginTogether, checkTogether, discardDraft, partsOf, passAnswers, saveStep, standing, type Counter, type Part, type Siblings } from '@zhengwu/cases';
import type { Audit } from '@zhengwu/audit';
import type { Acting, Database } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import type { Services } from '@zhengwu/services';
import { fail } from './errors.ts';
import { afterOf, joined } from './joined.ts';
import * as store from './store.ts';
import type { PartRow, Whole } from './store.ts';

/** What applications for life events stand on. */
export interface Ground {
  database: Database;
  audit: Audit;
  counter: Counter;
  services: Services;
  now(): Date;
}

const GIVEN: Text = { zh: '本次申请中已填写', en: 'Given earlier in this application' };

/** Begins the drafts of the parts that apply, each filled in with what is held. A part whose forerunner does not apply waits for nothing. */
export const begin = async ({ database, counter, services, now }: Ground, actor: Actor, code: string, wanted?: readonly string[]): Promise<{ id: string }> => {
  const found = joined(services, code);
  const unknown = wanted?.find((service) => !found.event.services.includes(service));
  if (unknown) throw fail('life-event.no-part', { service: unknown });
  const chosen = found.event.services.filter((service) => !wanted || wanted.includes(service));
  const applicant = await counter.people.applicant(actor);
  const id = uuidv7();
  const drafts = await beginTogether(counter, actor, id, chosen);
  const at = now();
  await database.as(actor, (tx) => store.insert(tx, {
    application: {
      id, event: code, submission_key: uuidv7(), owner: actor.personId as string, owner_name: actor.name, applicant: applicant.id, applicant_name: applicant.name,
      created_at: at, updated_at: at, submitted_at: null,
    },
    parts: drafts.map(({ id: draft, service }) => ({ service, draft, after: afterOf(found, service).filter((one) => chosen.includes(one)), state: 'filling', case_id: null, note: null })),
  }));
  return { id };
};

export const opened = async ({ database }: Ground, actor: Acting, id: string): Promise<Whole> => {
  const whole = await database.as(actor, (tx) => store.select(tx, id), { readOnly: true });
  if (!whole) throw fail('life-event.no-application');
  return whole;
};

/** Like `opened`, for what must still be open. */
export const unsent = async (ground: Ground, actor: Actor, id: string): Promise<Whole> => {
  const whole = await opened(ground, actor, id);
  if (whole.application.submitted_at !== null || whole.parts.some(({ state }) => state !== 'filling')) throw fail('life-event.handed-in');
  return whole;
};

/** Papers that mean the same in each part, by the pack as it is now. */
export const siblingsOf = ({ services }: Ground, { application, parts }: Whole): Siblings => {
  const event = services.packs().flatMap(({ data }) => data.lifeEvents).find(({ code }) => code === application.event);
  return { drafts: parts.map(({ draft }) => draft), materials: event?.together?.materials ?? [] };
};

const nameOf = ({ services }: Ground, code: string): Text => {
  try {
    return services.current(code).service.listing.name;
  } catch {
    return { zh: code, en: code };
  }
};

/** Pages that ask only what an earlier part asks are left out: by the time one comes there they are answered. */
const askedOnce = (parts: readonly Part[], questions: readonly string[]): Part[] => parts.map((part, i) => {
  const before = new Set(parts.slice(0, i).flatMap(({ steps }) => steps.flatMap(({ open }) => open)));
  return { ...part, steps: part.steps.filter(({ open }) => !open.every((key) => questions.includes(key) && before.has(key))) };
});

const partView = (ground: Ground, row: PartRow, part: Part | undefined, one: MyCaseDetail | undefined): LifeEventApplication['parts'][number] => ({
  service: { code: row.service, name: part?.service ?? nameOf(ground, row.service) }, department: part?.department ?? { zh: '—', en: '—' },
  draft: row.state === 'filling' || row.state === 'held' ? row.draft : null, state: row.state, after: row.after.map((code) => ({ code, name: nameOf(ground, code) })),
  steps: row.state === 'filling' || row.state === 'held' ? (part?.steps ?? []).map(({ id, title, done }) => ({ id, title, done })) : [],
  case: one ? { id: one.id, number: one.number, state: one.state, stateText: one.stateText, closed: one.closedAt !== null } : null, note: row.note,
});

/** One application: its parts as they stand, and everything that happened in any of them, oldest first. */
export const view = async (ground: Ground, actor: Actor, id: string): Promise<LifeEventApplication> => viewOf(ground, actor, await opened(ground, actor, id));

export const viewOf = async (ground: Ground, actor: Actor, { application: row, parts: rows }: Whole): Promise<LifeEventApplication> => {
  const { counter, services } = ground;
  const [parts, cases] = await Promise.all([
    partsOf(counter, actor, rows.map(({ draft }) => draft)), Promise.all(rows.map(({ case_id: one }) => (one ? standing(counter, actor, one) : undefined))),
  ]);
  const event = services.packs().flatMap(({ data }) => data.lifeEvents).find(({ code }) => code === row.event);
  const asked = askedOnce(parts, event?.together?.questions ?? []);
  return {
    id: row.id, event: { code: row.event, name: event?.name ?? { zh: row.event, en: row.event } }, submissionKey: row.submission_key,
    submittedAt: rows.every(({ state }) => state === 'filling') ? null : (row.submitted_at?.toISOString() ?? null), updatedAt: row.updated_at.toISOString(),
    applicant: { id: row.applicant, name: row.applicant_name },
    parts: rows.map((part, i) => partView(ground, part, asked.find(({ draft }) => draft === part.draft), cases[i])),
    timeline: cases.flatMap((one) => (one ? one.timeline.map((entry) => ({ ...entry, service: one.service.name })) : [])).sort((a, b) => a.at.localeCompare(b.at)),
  };
};

/** The answers of a part that are asked once, passed on to the others. */
const passOn = async (ground: Ground, actor: Actor, whole: Whole, from: PartRow): Promise<void> => {
  const { counter, services } = ground;
  const { together } = joined(services, whole.application.event);
  const [part] = await partsOf(counter, actor, [from.draft]);
  const shared = Object.fromEntries(Object.entries(part?.answers ?? {}).filter(([key]) => together.questions.includes(key)));
  if (Object.keys(shared).length === 0) return;
  for (const other of whole.parts) if (other !== from) await passAnswers(counter, actor, other.draft, shared, GIVEN);
};

const nextOf = async ({ counter }: Ground, actor: Actor, { parts: rows }: Whole): Promise<ResponseOf<typeof saveLifeEventStep>['next']> => {
  const parts = await partsOf(counter, actor, rows.map(({ draft }) => draft));
  for (const part of parts) {
    const step = part.steps.find(({ done }) => !done);
    if (step) return { service: part.code, step: step.id };
  }
  return null;
};

/** Keeps a page of one part and passes on what is asked once; says which page still has something to ask. */
export const save = async (ground: Ground, actor: Actor, id: string, at: { service: string; step: string }, values: Record<string, unknown>): Promise<ResponseOf<typeof saveLifeEventStep>> => {
  const whole = await opened(ground, actor, id);
  const part = whole.parts.find(({ service }) => service === at.service);
  if (!part) throw fail('life-event.no-part', { service: at.service });
  if (part.state !== 'held' && whole.parts.some(({ state }) => state !== 'filling')) throw fail('life-event.handed-in');
  await saveStep(ground.counter, actor, part.draft, at.step, { values });
  if (part.state === 'filling') await passOn(ground, actor, whole, part);
  await ground.database.as(actor, (tx) => store.touch(tx, id, ground.now()));
  return { next: await nextOf(ground, actor, whole) };
};

export const check = async (ground: Ground, actor: Actor, id: string) => {
  const whole = await unsent(ground, actor, id);
  const siblings = siblingsOf(ground, whole);
  return { sharedMaterials: [...siblings.materials], application: await viewOf(ground, actor, whole), parts: await Promise.all(whole.parts.map(({ draft }) => checkTogether(ground.counter, actor, draft, siblings))) };
};

export const discard = async (ground: Ground, actor: Actor, id: string): Promise<{ discarded: boolean }> => {
  const whole = await unsent(ground, actor, id);
  for (const { draft } of whole.parts) await discardDraft(ground.counter, actor, draft);
  return { discarded: await ground.database.as(actor, (tx) => store.remove(tx, id)) };
};
