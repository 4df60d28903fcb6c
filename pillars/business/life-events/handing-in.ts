import type { Actor, Text } from '@zhengwu/contracts';
import { isApproved, isEnded, keepLonger, partsOf, readyDraft, standing, submitTogether, type Once } from '@zhengwu/cases';
import { isZhengwuError, toProblem, type ZhengwuError } from '@zhengwu/errors';
import { opened, siblingsOf, type Ground } from './application.ts';
import * as store from './store.ts';
import type { ApplicationRow, PartRow, Whole } from './store.ts';

/** The owner, acting through the platform, for those whose mandate they hold now: what they may not do any more, it may not do for them. */
const ownerOf = async ({ counter }: Ground, row: ApplicationRow): Promise<Actor> => ({
  kind: 'citizen', accountId: null, personId: row.owner, name: row.owner_name, subjects: await counter.people.subjectsOf(row.owner), onBehalfOf: row.applicant === row.owner ? null : row.applicant,
  scope: 'own', departments: [], homeDepartments: [], posts: [], permissions: {}, clearance: 0, assurance: 1, verified: true, sessionId: null, requestId: 'life-event', address: '',
});

/** Reads what the application itself holds, whatever has become of a mandate since. */
const readerOf = (row: ApplicationRow): Actor => ({
  kind: 'citizen', accountId: null, personId: row.owner, name: row.owner_name, subjects: [...new Set([row.owner, row.applicant])], onBehalfOf: null, scope: 'own', departments: [], homeDepartments: [], posts: [],
  permissions: {}, clearance: 0, assurance: 1, verified: false, sessionId: null, requestId: 'life-event', address: '',
});

const move = ({ database }: Ground, application: string, service: string, from: readonly PartRow['state'][], to: Pick<PartRow, 'state' | 'case_id' | 'note'>): Promise<boolean> =>
  database.as(database.system, (tx) => store.movePart(tx, application, service, from, to));

/** Enters in the parts what the drafts say: which of them became cases. Can be repeated. */
const settle = async (ground: Ground, { application, parts }: Whole): Promise<Whole> => {
  const open = parts.filter(({ state }) => state !== 'begun' && state !== 'dropped');
  const drafts = await partsOf(ground.counter, readerOf(application), open.map(({ draft }) => draft));
  const isHandedIn = parts.some(({ state }) => state !== 'filling') || drafts.some((one) => one.case !== null);
  if (!isHandedIn) {
    // The hand-in was cut off before anything was kept: it is open again.
    await ground.database.as(ground.database.system, (tx) => store.unmark(tx, application.id));
    return { application, parts };
  }
  for (const part of open) {
    const begun = drafts.find(({ draft }) => draft === part.draft)?.case ?? null;
    if (begun) await move(ground, application.id, part.service, [part.state], { state: 'begun', case_id: begun, note: null });
    else if (part.state === 'filling') await move(ground, application.id, part.service, ['filling'], { state: 'waiting', case_id: null, note: null });
  }
  return opened(ground, ground.database.system, application.id);
};

const textOf = (error: ZhengwuError): Text => ({ zh: toProblem(error, 'zh-CN', 'life-event').detail, en: toProblem(error, 'en', 'life-event').detail });

const hold = ({ database, audit }: Ground, application: string, service: string, error: ZhengwuError): Promise<void> => database.as(database.system, async (tx) => {
  const isHeld = await store.movePart(tx, application, service, ['waiting'], { state: 'held', case_id: null, note: textOf(error) });
  if (isHeld) await audit.record(tx, { event: 'lifeEvent.partHeld', subject: application, detail: { service, code: error.code } });
});

/** A part whose turn has come is handed in as its owner; what stands against it is told and left to them. */
const beginPart = async (ground: Ground, whole: Whole, part: PartRow): Promise<void> => {
  const { application } = whole;
  const once: Once = { operation: 'lifeEvent.later', key: `${application.id}:${part.service}`, hash: part.draft };
  try {
    const { cases } = await submitTogether(ground.counter, await ownerOf(ground, application), [part.draft], siblingsOf(ground, whole), once);
    await move(ground, application.id, part.service, ['waiting', 'held'], { state: 'begun', case_id: cases[0]?.caseId ?? null, note: null });
  } catch (error) {
    if (!isZhengwuError(error)) throw error;
    await hold(ground, application.id, part.service, error);
  }
};

/** A part that waits is kept for as long as the longest procedure before it takes. */
const DAYS_WAITING = 730;

const DROPPED: Text = { zh: '前面的事项没有办成，这一项不再办理。', en: 'What it waited for did not end well; it is not begun.' };

/** Begins the parts whose turn has come, drops those whose turn never comes. Can be repeated, and is when a case closes. */
export const proceed = async (ground: Ground, id: string): Promise<void> => {
  const whole = await settle(ground, await opened(ground, ground.database.system, id));
  const reader = readerOf(whole.application);
  for (const part of whole.parts.filter(({ state }) => state === 'waiting')) {
    const before = whole.parts.filter(({ service }) => part.after.includes(service));
    const states = await Promise.all(before.map(async (one) => (one.case_id ? (await standing(ground.counter, reader, one.case_id)).state : null)));
    const isLost = before.some(({ state }, i) => state === 'dropped' || (states[i] !== null && isEnded(states[i] ?? 0) && !isApproved(states[i] ?? 0)));
    if (isLost) await move(ground, id, part.service, ['waiting'], { state: 'dropped', case_id: null, note: DROPPED });
    else if (states.every((state) => state !== null && isApproved(state))) await beginPart(ground, whole, part);
  }
};

/** Hands in the parts that wait for nothing, all or none; the others follow when their turn comes. A repeat gets the first answer. */
export const submit = async (ground: Ground, actor: Actor, id: string, once: Once) => {
  const whole = await opened(ground, actor, id);
  const held = whole.parts.filter(({ state }) => state === 'held');
  const first = held.length > 0 ? held : whole.parts.filter(({ after }) => after.length === 0);
  // What begins later is filled in now, so that nobody is asked again then.
  for (const later of whole.parts.filter((part) => part.state === 'filling' && !first.includes(part))) {
    const { row } = await readyDraft(ground.counter, actor, later.draft, siblingsOf(ground, whole));
    if (!row.submitted_case) await keepLonger(ground.counter, actor, later.draft, DAYS_WAITING);
  }
  const mark = (work: typeof store.unmark) => ground.database.as(actor, (tx) => work(tx, id));
  await ground.database.as(actor, (tx) => store.markHandedIn(tx, id, ground.now()));
  try {
    const answer = await submitTogether(ground.counter, actor, first.map(({ draft }) => draft), siblingsOf(ground, whole), once);
    await proceed(ground, id);
    return answer;
  } catch (error) {
    // Refused: it is open again, unless the same was handed in at the same moment by another press.
    if (isZhengwuError(error) && (await partsOf(ground.counter, actor, whole.parts.map(({ draft }) => draft))).every((part) => part.case === null)) await mark(store.unmark);
    throw error;
  }
};
