import { beforeEach, expect, test } from 'vitest';
import { guide, session } from './answers.ts';
import { openReader, signedIn } from './reader.ts';

const { reader, get } = openReader();
beforeEach(() => void reader.site.override.set('GET /api/services/id-replace', { status: 200, body: { ...guide, assurance: 2 } }));

const begins = 'action="/en/services/id-replace/apply"';
const pageOf = async (path: string, verified?: boolean): Promise<string> => {
  if (verified !== undefined) reader.site.override.set('GET /api/citizen/session', { status: 200, body: { ...session, verified } });
  return (await get(`/en/services/id-replace/${path}`, verified === undefined ? {} : signedIn)).body;
};
const linkTo = (body: string, path: string): string => new RegExp(`href="(${path}[^"]*)"`).exec(body)?.[1]?.replaceAll('&amp;', '&') ?? '';

test.each(['start', 'check?go=1&resident=true&lost=lost'])('%s tells before the form what must be known of the applicant, how to get there, and the way by the window', async (path) => {
  const unknown = await pageOf(path, false);
  expect(unknown).toContain('Your identity must be checked (level 2)');
  expect(unknown).toContain('Bring your document to the window');
  expect(unknown).not.toContain(begins);

  const known = await pageOf(path, true);
  expect(known).toContain('yours was');
  expect(known).toContain(begins);
});

test.each(['start', 'check?go=1&resident=true&lost=lost'])('%s leads to the state of one’s identity, and that page back to the same place, answers included', async (path) => {
  const there = linkTo(await pageOf(path, false), '/en/my/second-factor');
  const state = (await get(there, signedIn)).body;
  expect(linkTo(state, '/en/services/')).toBe(`/en/services/id-replace/${path}`);
});

test.each(['//evil.example', 'https://evil.example/services/', '/services\\evil', '/my', ''])('the way back is never %j', async (back) => {
  const { body } = await get(`/en/my/second-factor?back=${encodeURIComponent(back)}`, signedIn);
  expect(body).toContain('Identity');
  expect(body).not.toContain('Back to the service');
});

test('who is not signed in is told that it will matter, and comes back here after signing in', async () => {
  const body = await pageOf('start');
  expect(body).toContain('Once you are signed in you see the level of your account');
  expect(body).toContain(`next=${encodeURIComponent('/services/id-replace/start')}`);
});
