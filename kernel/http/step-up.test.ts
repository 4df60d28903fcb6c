import { afterEach, describe, expect, test } from 'vitest';
import { Type } from 'typebox';
import { operation, type Actor } from '@zhengwu/contracts';
import { open, official } from './http.fixture.ts';
import type { HttpServer, PolicyRule } from './index.ts';
import { demandProof } from './step-up.ts';

const look = operation({ id: 'sample.look', method: 'GET', path: '/api/look', summary: 'Look', response: Type.Object({ ok: Type.Boolean() }) });
const servers: HttpServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close(0);
});

/** Asks once; `later` is who the authenticator sees when it is asked to look anew. */
const ask = async (rule: Partial<PolicyRule>, proof: Actor['proof'], later: Actor['proof'] = proof, handle: (actor: Actor) => void = () => undefined) => {
  const looks: boolean[] = [];
  const http = open({ 'sample.look': { who: 'official', audit: null, ...rule } }, {
    authenticator: {
      authenticate: (_, anew) => {
        looks.push(anew === true);
        return { ...official(), proof: anew ? later : proof };
      },
      isPortal: () => false,
      verifyCsrf: () => true,
    },
  });
  servers.push(http);
  http.route(look, ({ actor }) => (handle(actor), { ok: true }));
  await http.assemble();
  const response = await http.fastify.inject({ url: '/api/look', headers: { cookie: 'zw_console=official' } });
  return { status: response.statusCode, body: response.json<{ code?: string; extra?: unknown }>(), looks };
};

const minutesAgo = (minutes: number) => Date.now() - minutes * 60_000;

describe('an operation that asks for assurance (GB/T 22239: two factors, one of them cryptographic)', () => {
  test('is open to a session proved at that level a moment ago', async () => {
    expect(await ask({ assurance: 2 }, { level: 2, at: minutesAgo(1), means: ['code'] })).toMatchObject({ status: 200, looks: [false] });
  });

  test('names the means that would do when the level is too low', async () => {
    const { status, body } = await ask({ assurance: 2 }, { level: 1, at: minutesAgo(1), means: ['password', 'code'] });
    expect([status, body.code, body.extra]).toEqual([403, 'session.step-up', { means: ['password', 'code'], level: 2, minutes: 15 }]);
  });

  test('asks again when the proof is older than the rule’s minutes', async () => {
    expect((await ask({ assurance: 1, freshMinutes: 5 }, { level: 3, at: minutesAgo(4), means: [] })).status).toBe(200);
    expect((await ask({ assurance: 1, freshMinutes: 5 }, { level: 3, at: minutesAgo(6), means: [] })).body.code).toBe('session.step-up');
  });

  test('looks anew before it refuses, so that a proof given to another process counts at once', async () => {
    expect(await ask({ assurance: 2 }, { level: 1, at: minutesAgo(1), means: [] }, { level: 2, at: minutesAgo(0), means: [] })).toMatchObject({ status: 200, looks: [false, true] });
  });

  test('may be asked for by the matter itself: the gate looks anew and lets in, the handler asks', async () => {
    const demands = { assurance: 2, freshMinutes: 240 } as const;
    const [stale, fresh] = [{ level: 2, at: minutesAgo(241), means: [] }, { level: 2, at: minutesAgo(239), means: [] }] as const satisfies Actor['proof'][];
    expect(await ask({ demands }, stale, fresh)).toMatchObject({ status: 200, looks: [false, true] });
    expect((await ask({ demands }, stale, stale, () => undefined)).status).toBe(200);
    expect((await ask({ demands }, stale, stale, (actor) => demandProof(demands, actor))).body.code).toBe('session.step-up');
    expect((await ask({ demands }, stale, fresh, (actor) => demandProof(demands, actor))).status).toBe(200);
  });

  test('waits while a recovered account cools', async () => {
    expect((await ask({ assurance: 2 }, { level: 2, at: minutesAgo(0), means: [], coolingUntil: '2026-11-23T00:00:00.000Z' })).body.code).toBe('session.cooling');
    expect((await ask({}, { level: 1, at: 0, means: [], coolingUntil: '2026-11-23T00:00:00.000Z' })).status).toBe(200);
  });
});
