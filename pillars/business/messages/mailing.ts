import nodemailer from 'nodemailer';
import type { Database } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import type { Log } from '@zhengwu/log';
import * as store from './store.ts';
import { wordingOf } from './templates.ts';

/** Where e-mail goes. */
export interface Mailer {
  send(mail: { to: string; subject: string; text: string }): Promise<void>;
}

/** Demands TLS, by STARTTLS where the server does not begin with it, and a certificate that holds; `plain` only where something else guards the way (OWASP ASVS 5.0 V12.3.1).
 * What the recipient is, is one address and never a list; line breaks in it or in the subject are the library's to fold. */
export const smtpMailer = (url: string, from: string, plain = false): Mailer => {
  const transport = nodemailer.createTransport({ url, requireTLS: !plain });
  return { send: async ({ to, ...mail }) => void (await transport.sendMail({ from, to: { name: '', address: to }, ...mail })) };
};

export interface Mailing {
  database: Database;
  log: Log;
  /** null: mail stays in the local mailbox. */
  mailer: Mailer | null;
  /** E-mail address of a principal, where they gave one. */
  addressOf(principal: string): Promise<string | null>;
}

const BATCH = 50;

/** Mails what was written since; a failure is tried again later, a success never. Answers how many messages were dealt with. */
export const mailPending = async ({ database, log, mailer, addressOf }: Mailing): Promise<number> => {
  const pending = await database.as(database.system, (tx) => store.claimUnmailed(tx, BATCH));
  const done: string[] = [];
  const kept: { id: string; recipient: string; subject: string; body: string }[] = [];
  for (const message of pending) {
    const to = await addressOf(message.recipient);
    const wording = wordingOf(message.template, message.params);
    const mail = { to: to ?? '', subject: `${wording.title.zh} ${wording.title.en}`, text: `${wording.body.zh}\n\n${wording.body.en}\n` };
    try {
      if (to && mailer) await mailer.send(mail);
      else if (to) kept.push({ id: uuidv7(), recipient: to, subject: mail.subject, body: mail.text });
      done.push(message.id);
    } catch (error) {
      log.warn({ err: error, message: message.id }, 'a mail was not taken and will be tried again');
    }
  }
  await database.as(database.system, async (tx) => {
    if (kept.length > 0) await store.keepMail(tx, kept);
    if (done.length > 0) await store.markMailed(tx, done);
  });
  return pending.length;
};
