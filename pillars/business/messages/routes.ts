import * as api from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import * as store from './store.ts';
import { wordingOf } from './templates.ts';

const FIRST = { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
const cursor = (text: string | undefined): typeof FIRST => {
  const [at = '', id = ''] = (text ?? '').split('_');
  return Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id) ? FIRST : { at, id };
};

/** Whose messages a person reads: an official their own, a citizen also those of whom they act for. */
const recipientsOf = (actor: api.Actor): string[] => (actor.kind === 'official' ? [actor.personId as string] : actor.subjects);

export const routes = (site: Site, http: Http): void => {
  const { database } = site;
  http.route(api.myMessages, ({ actor, query }) => database.as(actor, async (tx) => {
    const limit = query.limit ?? 20;
    const rows = await store.mine(tx, recipientsOf(actor), cursor(query.after), limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map((row) => ({ id: row.id, template: row.template, ...wordingOf(row.template, row.params), caseId: row.case_id, sentAt: new Date(row.sent_at).toISOString(), readAt: row.read_at?.toISOString() ?? null })),
      next: rows.length > limit && last ? `${new Date(last.sent_at).toISOString()}_${last.id}` : null,
      total: page.length, totalCapped: rows.length > limit, unread: await store.unread(tx, recipientsOf(actor)),
    };
  }));
  http.route(api.readMessage, async ({ actor, params }) => {
    const readAt = await database.as(actor, (tx) => store.markRead(tx, params.id));
    if (!readAt) throw fail('message.unknown');
    return { readAt: readAt.toISOString() };
  });
  http.route(api.demoMailbox, async ({ query }) => {
    if (!site.config.demo) throw fail('message.no-mailbox');
    const mails = await database.as(database.system, (tx) => store.mailbox(tx, query.to ?? null));
    return { items: mails.map((mail) => ({ id: mail.id, to: mail.recipient, subject: mail.subject, text: mail.body, at: mail.at.toISOString() })) };
  });
  http.route(api.reportError, async ({ actor, body }) => {
    const id = uuidv7();
    const number = `JC${id.replaceAll('-', '').slice(-12).toUpperCase()}`;
    await database.as(database.system, async (tx) => {
      await store.insertRemark(tx, { id, number, page: body.page, body: body.text, contact: body.contact ?? null });
      await site.audit.recordFor(tx, actor, { event: 'remark.reported', subject: number });
    });
    return { number };
  });
};
