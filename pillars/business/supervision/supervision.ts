import { supervisionRules, type Actor, type BodyOf, type QueryOf, type ResponseOf } from '@zhengwu/contracts';
import type { answerCard, badRatings, chaseCase, listCards, supervisionFigures } from '@zhengwu/contracts';
import type { Audit } from '@zhengwu/audit';
import { addDays, dayOf, startOfDay, type Clock } from '@zhengwu/clock';
import { once, type Database } from '@zhengwu/database';
import type { DepartmentRef, Directory } from '@zhengwu/directory';
import type { Events } from '@zhengwu/events';
import { uuidv7 } from '@zhengwu/ids';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { fail } from './errors.ts';
import { figuresOf, periodOf, type Figures } from './figures.ts';
import type { Rule } from './rules.ts';
import * as cards from './store.ts';
import * as figures from './store-figures.ts';

/** What supervision stands on. */
export interface Office {
  database: Database;
  clock: Clock;
  audit: Audit;
  events: Events;
  directory: Pick<Directory, 'departmentById'>;
}

const CAP = 1000;
const NOWHERE: Pick<DepartmentRef, 'code' | 'name'> = { code: 'unknown', name: { zh: '未知部门', en: 'Unknown department' } };

const departmentOf = ({ directory }: Office, id: number): Pick<DepartmentRef, 'code' | 'name'> => directory.departmentById(id) ?? NOWHERE;

const cardOf = (office: Office, row: cards.CardRow): ResponseOf<typeof answerCard> => {
  const { code, name } = departmentOf(office, row.department);
  return {
    id: row.id, number: row.number, rule: row.rule, ruleText: supervisionRules.text(row.rule as Rule), kind: row.kind, caseId: row.case_id, caseNumber: row.case_number,
    content: { zh: row.content_zh, en: row.content_en }, issuedAt: row.issued_at.toISOString(), department: { code, name }, status: row.status, result: row.result,
  };
};

/** Cards within reach, newest first; counted once, on the first page, up to the cap. */
export const cardList = async (office: Office, actor: Actor, query: QueryOf<typeof listCards>): Promise<ResponseOf<typeof listCards>> => {
  const limit = query.limit ?? 20;
  const after = decodeCursor(query.after);
  const filter = { kind: query.kind ?? null, status: query.status ?? null };
  return office.database.as(actor, async (tx) => {
    const rows = await cards.selectCards(tx, filter, after.at, after.id, limit + 1);
    const total = after.total >= 0 ? after.total : await cards.countCards(tx, filter, CAP + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map((row) => cardOf(office, row)), next: rows.length > limit && last ? encodeCursor({ at: last.issued_at.toISOString(), id: last.id, total }) : null,
      total: Math.min(total, CAP), totalCapped: total > CAP,
    };
  }, { readOnly: true });
};

/** Explains or closes a card; a closed one stays as it is. Throws `card.unknown`, `card.closed`. */
export const answer = ({ database, clock, audit, ...rest }: Office, actor: Actor, id: string, { result, close }: BodyOf<typeof answerCard>): Promise<ResponseOf<typeof answerCard>> =>
  database.as(actor, async (tx) => {
    const card = await cards.lockCard(tx, id);
    if (!card) throw fail('card.unknown');
    if (card.status === 'closed') throw fail('card.closed');
    const row = await cards.updateCard(tx, id, close ? 'closed' : 'explained', result, clock.now());
    if (!row) throw fail('card.unknown');
    await audit.record(tx, { event: close ? 'supervision.cardClosed' : 'supervision.cardExplained', subject: row.case_id, detail: { card: id } });
    return cardOf({ database, clock, audit, ...rest }, row);
  });

/** Chases 督办 a case within reach: its live tasks are marked and its handlers told. Throws `chase.case-unknown`, `chase.case-closed`, `chase.day-past`. */
export const chase = async (
  { database, clock, audit, events }: Office, actor: Actor, { caseId, text, answerBy }: BodyOf<typeof chaseCase>, { key, requestHash }: { key: string; requestHash: string },
): Promise<{ id: string }> => {
  const at = clock.now();
  if (answerBy < dayOf(at)) throw fail('chase.day-past', { today: dayOf(at) });
  return database.as(actor, async (tx) => {
    const done = await once(tx, { operation: 'supervision.chase', key, requestHash }, async () => {
      const chased = await cards.markChased(tx, caseId, { zh: '督办', en: 'Chased' }, text, at);
      if (!chased) throw fail('chase.case-unknown');
      if (chased.closed) throw fail('chase.case-closed');
      const id = uuidv7();
      await cards.insertChase(tx, { id, caseId, department: chased.department, text, answerBy, at });
      const { number, service, handlers = [], departments = [] } = chased;
      await events.append(tx, { type: 'supervision.chased', subject: caseId, payload: { chase: id, number, service, text, answerBy, by: actor.name, handlers, departments } });
      await audit.record(tx, { event: 'supervision.chased', subject: caseId, detail: { chase: id, answerBy } });
      return { status: 201, answer: { id } };
    });
    return done.answer as { id: string };
  });
};

/** Figures of a period within the reader's reach, from one snapshot. */
export const periodFigures = async (office: Office, actor: Actor, query: QueryOf<typeof supervisionFigures>): Promise<Figures> => {
  const today = dayOf(office.clock.now());
  const period = periodOf(today, query);
  const [days, open, carded, names] = await office.database.as(actor, async (tx) => {
    const counted = await figures.selectDays(tx, period.from, period.to);
    const now = await figures.selectOpen(tx, today);
    const services = [...new Set([...counted, ...now].map((row) => row.service))];
    return [counted, now, await figures.selectCardCounts(tx, startOfDay(period.from), startOfDay(addDays(period.to, 1))), await figures.selectNames(tx, services)] as const;
  }, { readOnly: true, isolation: 'repeatable read' });
  const nameOf = new Map(names.map((row) => [row.service, { zh: row.service_zh, en: row.service_en }]));
  return figuresOf({
    period, days, open, cards: carded, nameOf: (service) => nameOf.get(service) ?? { zh: service, en: service }, departmentOf: (id) => departmentOf(office, id),
  });
};

/** Ratings 4 and 5 within reach, newest first, each with the day by which it is put right (GB/T 39735). */
export const badRatingList = async ({ database }: Office, actor: Actor, query: QueryOf<typeof badRatings>): Promise<ResponseOf<typeof badRatings>> => {
  const limit = query.limit ?? 20;
  const after = decodeCursor(query.after);
  const rows = await database.as(actor, (tx) => figures.selectBadRatings(tx, after.at, after.id, after.total >= 0 ? limit + 1 : CAP + 1), { readOnly: true });
  const total = after.total >= 0 ? after.total : rows.length;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      caseId: row.case_id, number: row.number, service: { zh: row.service_zh, en: row.service_en }, level: row.level, comment: row.comment, ratedAt: row.rated_at.toISOString(), dueDay: row.due_on, rectified: row.rectified,
    })),
    next: rows.length > limit && last ? encodeCursor({ at: last.rated_at.toISOString(), id: last.case_id, total }) : null,
    total: Math.min(total, CAP), totalCapped: total > CAP,
  };
};

/** Records the call back and what was put right, once. Throws `rating.unknown`, `rating.already-rectified`. */
export const rectify = ({ database, clock, audit, events }: Office, actor: Actor, caseId: string, text: string): Promise<{ rectifiedAt: string }> =>
  database.as(actor, async (tx) => {
    const at = clock.now();
    const done = await figures.setRectified(tx, caseId, text, at);
    if (done === null) throw fail('rating.unknown');
    if (done === 'already') throw fail('rating.already-rectified');
    await events.append(tx, { type: 'supervision.rectified', subject: caseId, payload: {} });
    await audit.record(tx, { event: 'supervision.rectified', subject: caseId });
    return { rectifiedAt: at.toISOString() };
  });
