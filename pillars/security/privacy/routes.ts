import { answerDataCorrection, askCopy, askDataCorrection, copyFile, giveConsent, listDataCorrections, myLooks, myPrivacy, withdrawConsent, type Actor, type Text } from '@zhengwu/contracts';
import { Calendars } from '@zhengwu/calendar';
import { dayOf } from '@zhengwu/clock';
import { once } from '@zhengwu/database';
import { Directory } from '@zhengwu/directory';
import { fileAnswer, type Http } from '@zhengwu/http';
import { Holdings, Rules, type Site } from '@zhengwu/module';
import { Consents, consentTexts, isAllowed } from './consents.ts';
import { COPY, openCopy } from './copying.ts';
import { fail } from './errors.ts';
import type { OpenConsents } from './known.ts';
import { looksAt } from './looking.ts';
import { purposes } from './purposes.ts';
import * as store from './store.ts';

/** Working days within which a request for correction is answered: as long as a difficult enquiry (国办发〔2017〕47号: 15). */
export const CORRECTION_DAYS = 15;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const copyOf = ({ id, status, asked_at, ready_at, expires_at, size }: store.CopyRow) => ({ id, status, askedAt: asked_at.toISOString(), readyAt: iso(ready_at), expiresAt: iso(expires_at), size });
const consentOf = (code: string, said: readonly store.SaidRow[]) => {
  const text = consentTexts[code];
  if (!text) throw fail('privacy.no-text');
  const own = said.filter((one) => one.code === code);
  const { version, title, basis, sensitive } = text;
  return { code, version, title, text: text.text, basis, sensitive, given: isAllowed(text, own[0]), history: own.slice(0, 50).map(({ act, version: of, at }) => ({ act, version: of, at: at.toISOString() })) };
};
const personOf = (actor: Actor): string => actor.personId ?? '';

const correctionOf = (site: Site, row: store.CorrectionRow) => {
  const title: Text = site.use(Holdings)().find(({ code }) => code === row.part)?.title ?? { zh: row.part, en: row.part };
  const { id, part, wrong, wanted, status } = row;
  return { id, part, title, wrong, wanted, status, askedAt: row.asked_at.toISOString(), dueDay: row.due_day, answer: row.answer, answeredAt: iso(row.answered_at) };
};
const taskOf = (site: Site, row: store.CorrectionRow) => ({
  ...correctionOf(site, row), person: row.person_name, overdue: row.overdue, department: row.department === null ? null : (site.use(Directory).departmentById(row.department)?.name ?? null),
});

const reading = (site: Site, http: Http): void => {
  const { database } = site;
  http.route(myLooks, async ({ actor, query }) => {
    const limit = query.limit ?? 20;
    const looks = await database.as(database.system, (tx) => looksAt(tx, personOf(actor), site.use(Holdings)(), site.use(Rules), query.after ?? null, limit + 1), { readOnly: true });
    return { items: looks.slice(0, limit), next: looks.length > limit ? (looks[limit - 1]?.id ?? null) : null };
  });
  http.route(myPrivacy, ({ actor }) => database.as(actor, async (tx) => {
    const said = await store.said(tx, personOf(actor));
    return {
      purposes: Object.entries(purposes).map(([code, one]) => ({ code, ...one })), parts: site.use(Holdings)().map(({ code, title }) => ({ code, title })),
      consents: Object.keys(consentTexts).map((code) => consentOf(code, said)), copies: (await store.copies(tx, personOf(actor))).map(copyOf),
      corrections: (await store.corrections(tx, personOf(actor))).map((row) => correctionOf(site, row)),
    };
  }));
  http.route(copyFile, async ({ actor, params }) => {
    const copy = await database.as(actor, (tx) => store.copyToTake(tx, params.id, site.clock.now()));
    if (!copy?.hash) throw fail('privacy.copy-gone');
    const { body, size } = await openCopy(site, copy.hash);
    return fileAnswer({ body, size, type: 'application/zip', name: 'personal-data.zip', inline: false }) as never;
  });
};

const deciding = ({ database, audit, use }: Site, http: Http): void => {
  const say = async (actor: Actor, code: string, act: 'given' | 'withdrawn', version?: number) => {
    const answer = await database.as(actor, async (tx) => {
    const text = consentTexts[code];
    if (!text) throw fail('privacy.no-text');
    if (version !== undefined && version !== text.version) throw fail('privacy.text-changed');
    await store.say(tx, personOf(actor), code, text.version, act);
    await audit.record(tx, { event: act === 'given' ? 'privacy.consented' : 'privacy.consentWithdrawn', subject: personOf(actor), detail: { code, version: text.version } });
    return consentOf(code, await store.said(tx, personOf(actor)));
    });
    await (use(Consents) as OpenConsents).refresh();
    return answer;
  };
  http.route(giveConsent, ({ actor, params, body }) => say(actor, params.code, 'given', body.version));
  http.route(withdrawConsent, ({ actor, params }) => say(actor, params.code, 'withdrawn'));
};

const asking = (site: Site, http: Http): void => {
  const { database, audit } = site;
  http.route(askCopy, ({ actor, idempotencyKey, requestHash }) => database.as(actor, async (tx) =>
    (await once(tx, { operation: askCopy.id, key: idempotencyKey, requestHash }, async () => {
      const row = await store.askCopy(tx, personOf(actor));
      await audit.record(tx, { event: 'privacy.copyAsked', subject: personOf(actor), detail: { copy: row.id } });
      await site.jobs.enqueue(tx, { job: COPY, payload: { id: row.id }, key: `privacy-copy-${row.id}` });
      return { status: 201, answer: copyOf(row) };
    })).answer as never));
  http.route(askDataCorrection, async ({ actor, body, idempotencyKey, requestHash }) => {
    const holding = site.use(Holdings)().find(({ code }) => code === body.part);
    if (!holding) throw fail('privacy.no-part', { part: body.part });
    const person = personOf(actor);
    const keeper = await database.as(database.system, async (tx) => (await holding.keeper?.(tx, person)) ?? null, { readOnly: true });
    const department = typeof keeper === 'string' ? (site.use(Directory).departmentByCode(keeper)?.id ?? null) : keeper;
    const dueDay = site.use(Calendars).current().addWorkingDays(dayOf(site.clock.now()), CORRECTION_DAYS);
    return database.as(actor, async (tx) => (await once(tx, { operation: askDataCorrection.id, key: idempotencyKey, requestHash }, async () => {
      const row = await store.askCorrection(tx, { person, name: actor.name, ...body, department, dueDay });
      await audit.record(tx, { event: 'privacy.correctionAsked', subject: person, detail: { correction: row.id, part: body.part } });
      return { status: 201, answer: correctionOf(site, row) };
    })).answer as never);
  });
};

const answering = (site: Site, http: Http): void => {
  const { database, audit, events } = site;
  http.route(listDataCorrections, ({ actor, query }) => database.as(actor, async (tx) => ({ items: (await store.correctionsToAnswer(tx, query.open ?? false)).map((row) => taskOf(site, row)) })));
  http.route(answerDataCorrection, ({ actor, params, body, idempotencyKey, requestHash }) => database.as(actor, async (tx) =>
    (await once(tx, { operation: answerDataCorrection.id, key: idempotencyKey, requestHash }, async () => {
      const row = await store.answer(tx, params.id, body.outcome, body.text, actor.personId);
      if (!row) throw fail('privacy.answered');
      await audit.record(tx, { event: 'privacy.correctionAnswered', subject: row.person, detail: { correction: row.id, outcome: body.outcome } });
      await events.append(tx, { type: 'privacy.correctionAnswered', subject: row.person, payload: { correction: row.id, outcome: body.outcome } });
      return { status: 200, answer: taskOf(site, row) };
    })).answer as never));
};

export const routes = (site: Site, http: Http): void => {
  reading(site, http);
  deciding(site, http);
  asking(site, http);
  answering(site, http);
};
