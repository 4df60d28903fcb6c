import type { Site } from '@zhengwu/module';
import type { Provided } from '@zhengwu/exchange';
import { isZhengwuError, toProblem } from '@zhengwu/errors';
import { Batch, readBatch, receive } from './receiving.ts';

export const CHANGES = 'changes';

const json = { 'application/json': { schema: Batch as unknown as Record<string, unknown> } };
const openapi = {
  openapi: '3.1.0',
  info: { title: '基础库变更 · Changes of registers', version: '1', description: 'Takes batches of changes that this site follows. A batch that comes again has no second effect.' },
  paths: {
    '/v1/batches': {
      post: {
        summary: 'Hand over a batch, in the order in which it was published', requestBody: { required: true, content: json },
        responses: { 200: { description: 'Which messages were refused; all others are taken', content: { 'application/json': { schema: { type: 'object', required: ['refused'], properties: { refused: { type: 'array', items: { type: 'object', required: ['offset', 'reason'], properties: { offset: { type: 'integer' }, reason: { type: 'string' } } } } } } } } } },
      },
    },
  },
};

/** The service by which other sites hand changes over. */
export const changesService = (site: Site): Provided => ({
  openapi,
  handle: async ({ client, method, path, read, id }) => {
    const headers: [string, string][] = [['Content-Type', 'application/json']];
    if (path !== '/v1/batches' || method !== 'POST') return { status: 404, headers, body: JSON.stringify({ title: 'There is POST /v1/batches and nothing else' }) };
    try {
      return { status: 200, headers, body: JSON.stringify(await receive(site, client, readBatch((await read()).toString()))) };
    } catch (error) {
      if (!isZhengwuError(error)) throw error;
      return { status: error.status, headers: [['Content-Type', 'application/problem+json']], body: JSON.stringify(toProblem(error, 'en', id)) };
    }
  },
});
