import { afterAll, beforeAll, expect, test } from 'vitest';
import { Authority, type CertificateOnFile } from '@zhengwu/certificates';
import { markPeer, type Peer } from '@zhengwu/http';
import { CLERK, openTown, type Answer, type Town } from './identity.fixture.ts';

let town: Town;
/** Whom the TLS listener found at the other end; inject has no handshake of its own. */
let shown: Partial<Peer> | null = null;
const onFile = new Map<string, Pick<CertificateOnFile, 'state' | 'person'>>([['0a01', { state: 'valid', person: CLERK }], ['0a02', { state: 'revoked', person: CLERK }], ['0a03', { state: 'valid', person: null }]]);
beforeAll(async () => {
  town = await openTown({}, (http) => http.fastify.addHook('onRequest', (request, _reply, done) => {
    if (shown) markPeer(request.raw.socket, { kind: 'person', serial: '', subject: 'x', name: '丙', uscc: null, address: '10.0.0.9', ...shown });
    done();
  }));
  town.site.site.provide(Authority, { find: (serial: string) => Promise.resolve(onFile.get(serial) ?? null) } as never);
});
afterAll(() => town.close());

const enter = (peer: Partial<Peer> | null): Promise<Answer> => {
  shown = peer;
  return town.anybody('POST', '/api/session/certificate', {});
};

test('the certificate of an official opens a session of assurance 3', async () => {
  const { status, body } = await enter({ serial: '0a01' });
  expect([status, body['name'], body['assurance']]).toEqual([200, '丙', 3]);
});

test('a connection without a certificate, a revoked one, an unknown one, one of a device or of nobody opens none', async () => {
  expect((await enter(null)).body.code).toBe('session.no-certificate');
  for (const peer of [{ serial: '0a02' }, { serial: 'ffff' }, { serial: '0a03' }, { serial: '0a01', kind: 'device' as const }]) {
    const { status, body, headers } = await enter(peer);
    expect([status, body.code, headers['set-cookie']]).toEqual([401, 'session.refused', undefined]);
  }
});
