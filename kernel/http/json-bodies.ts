import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuseDeepJson, refuseUnkeepable } from './body.ts';

/** Takes bodies of this media type, which are JSON: no prototype poisoning, no more depth than can be kept, nothing PostgreSQL cannot hold. */
export const acceptJson = (instance: FastifyInstance, type: string): void => {
  const parse = instance.getDefaultJsonParser('error', 'error') as unknown as (
    request: FastifyRequest,
    text: string,
    done: (error: Error | null, body?: unknown) => void,
  ) => void;
  instance.addContentTypeParser(type, { parseAs: 'string' }, (request, text, done) => {
    // Clients that name a type on every request name it on a DELETE too.
    if (text === '' && request.method === 'DELETE') return done(null);
    let parsed: unknown;
    let failure: Error | null = null;
    try {
      refuseDeepJson(text as string);
      parse(request, text as string, (error, body) => {
        failure = error;
        parsed = body;
      });
      if (failure === null) refuseUnkeepable(text as string, parsed);
    } catch (error) {
      failure = error as Error;
    }
    done(failure, parsed);
  });
};
