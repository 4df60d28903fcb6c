import { createHmacSigner, type Secrets } from '@zhengwu/crypto';
import type { FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { csrfSigner, openAuthenticator } from './authenticator.ts';
import type { Sessions } from './sessions.ts';

const [NEW, OLD] = ['a-new-secret-of-the-tests-portal-00', 'an-old-secret-of-the-tests-portal-0'];

test('while the secret of portal and site is changed the site takes requests signed with either, and pages of before; after that the former is nothing (ASVS 5.0 V13.3.4)', () => {
  const seconds = String(Math.floor(Date.now() / 1000));
  const request = (secret: string): FastifyRequest => ({
    method: 'GET', url: '/api/x', headers: { 'x-zhengwu-portal': `${seconds}.${createHmacSigner(secret, 'portal-credential').sign(seconds, 'GET', '/api/x', '', '', '')}` },
  }) as unknown as FastifyRequest;
  const takes = (secrets: Secrets, secret: string): unknown => openAuthenticator({} as Sessions, secrets, 'zw_console', { demo: true, mustHaveFactor: () => false }).isPortal(request(secret));
  expect([takes([NEW, OLD], NEW), takes([NEW, OLD], OLD), takes([NEW, OLD], `${OLD}x`)]).toEqual([true, true, false]);
  expect([takes(NEW, NEW), takes(NEW, OLD)]).toEqual([true, false]);
  expect(csrfSigner([NEW, OLD]).verify(csrfSigner(OLD).sign('session'), 'session')).toBe(true);
});
