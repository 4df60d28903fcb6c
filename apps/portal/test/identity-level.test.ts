import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { createLog } from '@zhengwu/log';
import { buildPortal } from '../portal.ts';
import { guide, session } from './answers.ts';
import { startSite, TOKEN } from './site.ts';

let site: Awaited<ReturnType<typeof startSite>>;
let app: FastifyInstance;
beforeAll(async () => {
  site = await startSite();
  app = buildPortal({ siteUrl: site.url, origin: 'http://portal.example', secret: 'a-secret-for-tests-0123456789abcdef', log: createLog({ level: 'silent' }) });
  await app.ready();
  site.override.set('GET /api/services/id-replace', { status: 200, body: { ...guide, assurance: 2 } });
});
afterAll(async () => {
  await app.close();
  await site.close();
});

const begins = 'action="/en/services/id-replace/apply"';
const pageOf = async (path: string, verified?: boolean): Promise<string> => {
  if (verified !== undefined) site.override.set('GET /api/citizen/session', { status: 200, body: { ...session, verified } });
  return (await app.inject({ url: `/en/services/id-replace/${path}`, cookies: verified === undefined ? {} : { zw_portal: TOKEN } })).body;
};

test.each(['start', 'check?go=1&resident=true&lost=lost'])('%s tells before the form what must be known of the applicant, how to get there, and the way by the window', async (path) => {
  const unknown = await pageOf(path, false);
  expect(unknown).toContain('Your identity must be checked (level 2)');
  expect(unknown).toContain('Bring your document to the window');
  expect(unknown).toContain('href="/en/my/second-factor"');
  expect(unknown).not.toContain(begins);

  const known = await pageOf(path, true);
  expect(known).toContain('yours was');
  expect(known).toContain(begins);
});

test('who is not signed in is told that it will matter, and comes back here after signing in', async () => {
  const body = await pageOf('start');
  expect(body).toContain('Once you are signed in you see the level of your account');
  expect(body).toContain(`next=${encodeURIComponent('/services/id-replace/start')}`);
});
