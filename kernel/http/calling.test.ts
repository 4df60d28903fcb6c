import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callListed } from './calling.ts';

let server: Server;
let host = '';
const seen: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request.url ?? '');
    if (request.url === '/away') response.writeHead(302, { location: `http://localhost:${host.split(':')[1]}/there` });
    if (request.url !== '/slow') response.end('ok');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => { server.closeAllConnections(); server.close(); });

test('what is on the list is called; anything else is refused before a byte is sent (OWASP ASVS 5.0 V13.2.4, V13.2.5)', async () => {
  expect(await (await callListed(`http://${host}/here`, {}, { hosts: [host], milliseconds: 2000 })).text()).toBe('ok');
  const port = host.split(':')[1];
  const others = [`http://localhost:${port}/`, `http://127.0.0.2:${port}/`, `http://127.0.0.1.example:${port}/`, `http://u:p@${host}/`, `http://${host}@localhost:${port}/`, `ftp://${host}/`, 'file:///etc/passwd', `data:,${host}`];
  for (const other of others) await expect(callListed(other, {}, { hosts: [host], milliseconds: 2000 }), other).rejects.toThrow('not on the list');
  expect(seen).toEqual(['/here']);
});

test('a redirect is not followed, and an answer that does not come ends', async () => {
  seen.length = 0;
  await expect(callListed(`http://${host}/away`, { redirect: 'follow' }, { hosts: [host], milliseconds: 2000 })).rejects.toThrow();
  expect((await callListed(`http://${host}/away`, { redirect: 'manual' }, { hosts: [host], milliseconds: 2000 })).status).toBe(302);
  await expect(callListed(`http://${host}/slow`, {}, { hosts: [host], milliseconds: 50 })).rejects.toThrow();
  expect(seen.filter((one) => one !== '/slow')).toEqual(['/away', '/away']);
});
