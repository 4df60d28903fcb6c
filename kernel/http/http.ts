import type { FastifyPluginCallback, FastifyPluginAsync } from 'fastify';
import type { TSchema, Static } from 'typebox';
import type { AnyOperation, Operation } from '@zhengwu/contracts';
import { addOpenApi } from './openapi.ts';
import { addOperation, type Registered } from './operation-route.ts';
import { addMounted, type Mounted } from './mounted.ts';
import type { HttpOptions } from './options.ts';
import { openServer, type Server } from './server.ts';
import { createBucket } from './rate.ts';
import type { Handler, PolicyTable } from './types.ts';

/** What a module sees of the server: it registers the handlers of its operations. */
export interface Http {
  /** Serves `operation`; its policy must be in the table, or the server does not start. */
  route<P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema>(
    operation: Operation<P, Q, B, R>,
    handler: Handler<Static<P>, Static<Q>, Static<B>, Static<R>>,
  ): void;
  /** Serves public pages and assets outside the API; only GET and HEAD routes are let in. */
  pages(plugin: FastifyPluginCallback | FastifyPluginAsync): void;
  /** Hands everything under a prefix to the handler of a protocol that brings its own rules of admission. */
  mounted(protocol: Mounted): void;
  readonly closing: AbortSignal;
}

export interface HttpServer extends Http, Pick<Server, 'fastify' | 'close' | 'listen'> {
  /** Checks every route against the policies and makes the server ready; `listen` does it too. Throws naming each operation without a policy. */
  assemble(): Promise<void>;
  readonly operations: readonly AnyOperation[];
}

const refuseUnruled = (registered: readonly Registered[], policies: PolicyTable): void => {
  const missing = registered.map((r) => r.operation.id).filter((id) => !Object.hasOwn(policies, id));
  if (missing.length > 0) throw new Error(`operations without a policy: ${missing.join(', ')}; declare each in its module's policy.ts`);
};

const refuseTwins = (registered: readonly Registered[], next: AnyOperation): void => {
  for (const { operation } of registered) {
    const isTwin = operation.id === next.id || (operation.method === next.method && operation.path === next.path);
    if (isTwin) throw new Error(`operation ${next.id} (${next.method} ${next.path}) is registered twice`);
  }
};

/** The API server of a site: every operation behind its policy, validated, documented, answered as declared. */
export const createHttp = (options: HttpOptions): HttpServer => {
  const server = openServer(options);
  const registered: Registered[] = [];
  const plugins: (FastifyPluginCallback | FastifyPluginAsync)[] = [];
  const protocols: Mounted[] = [];
  const origins = new Set([options.origin, ...(options.allowedOrigins ?? [])]);
  server.fastify.addHook('onRoute', ({ method, url, config }) => {
    if (config?.operation !== undefined || config?.open !== undefined) return;
    const methods = Array.isArray(method) ? method : [method];
    if (!methods.every((m) => m === 'GET' || m === 'HEAD') || url.startsWith('/api')) throw new Error(`route ${methods.join()} ${url} stands outside the policies; declare an operation for it`);
  });
  const strangers = options.strangersPerMinute ? createBucket(options.strangersPerMinute) : undefined;
  const assembleOnce = async (): Promise<void> => {
    refuseUnruled(registered, options.policies);
    const { fastify } = server;
    await addOpenApi(fastify, options);
    for (const { operation } of registered) server.methods.add(operation.method, operation.path);
    for (const one of registered) addOperation(fastify, one, options.policies[one.operation.id]!, { ...options, origins, closing: server.closing, admission: server.admission, strangers });
    for (const protocol of protocols) addMounted(fastify, protocol, options);
    for (const plugin of plugins) await fastify.register(plugin as FastifyPluginCallback);
    await fastify.ready();
  };
  let assembled: Promise<void> | undefined;
  const assemble = (): Promise<void> => (assembled ??= assembleOnce());
  return {
    fastify: server.fastify,
    closing: server.closing,
    get operations() {
      return registered.map((r) => r.operation);
    },
    route(operation, handler) {
      if (assembled) throw new Error(`operation ${operation.id} is registered after the start`);
      refuseTwins(registered, operation as AnyOperation);
      registered.push({ operation: operation as AnyOperation, handler: handler as Handler<unknown, unknown, unknown, unknown> });
    },
    pages: (plugin) => void plugins.push(plugin),
    mounted: (protocol) => void protocols.push(protocol),
    assemble,
    listen: async (at) => {
      await assemble();
      return server.listen(at);
    },
    close: (seconds) => server.close(seconds),
  };
};
