import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { smtpMailer } from './mailing.ts';

let server: Server | undefined;
afterEach(() => void server?.close());

/** As much of SMTP (RFC 5321) as takes a mail: what was commanded, and the mail as it came. */
const openPost = async (): Promise<{ url: string; commands: string[]; mails: string[] }> => {
  const [commands, mails]: [string[], string[]] = [[], []];
  server = createServer((socket) => {
    let mail: string[] | null = null;
    let rest = '';
    socket.write('220 post\r\n');
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString()).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (mail === null) {
          commands.push(line);
          if (line === 'DATA') mail = [];
          socket.write(line === 'DATA' ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : line === 'STARTTLS' ? '502 not here\r\n' : '250 ok\r\n');
        } else if (line === '.') {
          mails.push(mail.join('\n'));
          mail = null;
          socket.write('250 taken\r\n');
        } else mail.push(line);
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, commands, mails };
};

const recipients = (commands: readonly string[]): string[] => commands.filter((one) => /^RCPT/i.test(one));

// OWASP ASVS 5.0 V1.3.11: nothing that people wrote becomes a header, a command or a further recipient.
test('line breaks and dots of a subject and a text stay subject and text', async () => {
  const post = await openPost();
  await smtpMailer(post.url, 'no-reply@yunchuan.example', true).send({ to: 'anna@x.example', subject: '办结\r\nBcc: other@x.example\r\n\r\nhello', text: 'one\r\n.\r\nRCPT TO:<other@x.example>\r\n' });
  expect(recipients(post.commands)).toEqual(['RCPT TO:<anna@x.example>']);
  expect(post.mails).toHaveLength(1);
  const [head = ''] = post.mails[0]?.split('\n\n') ?? [];
  expect(head).not.toMatch(/^bcc:/im);
  expect(head).toMatch(/^to: anna@x\.example$/im);
});

test.each(['anna@x.example, other@x.example', 'anna@x.example\r\nRCPT TO:<other@x.example>', 'anna@x.example>\r\nRCPT TO:<other@x.example'])('an address that is more than one reaches no second person: %j', async (to) => {
  const post = await openPost();
  await smtpMailer(post.url, 'no-reply@yunchuan.example', true).send({ to, subject: 's', text: 't' }).catch(() => undefined);
  expect(recipients(post.commands).filter((one) => one === 'RCPT TO:<other@x.example>')).toEqual([]);
  expect(recipients(post.commands).length).toBeLessThanOrEqual(1);
});

// OWASP ASVS 5.0 V12.3.1, RFC 3207: a server that does not offer TLS gets no mail, and so no address and no word of it.
test('a mail server without TLS is told nothing', async () => {
  const post = await openPost();
  await expect(smtpMailer(post.url, 'no-reply@yunchuan.example').send({ to: 'anna@x.example', subject: '办结', text: 'one' })).rejects.toThrow(/STARTTLS/i);
  expect([recipients(post.commands), post.mails, post.commands.some((one) => /^MAIL/i.test(one))]).toEqual([[], [], false]);
});
