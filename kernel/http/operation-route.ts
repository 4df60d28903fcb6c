import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, AnyOperation, Language } from '@zhengwu/contracts';
import { common } from '@zhengwu/errors';
import type { Log } from '@zhengwu/log';
import { isFileAnswer, sendFile } from './answer.ts';
import { hashOf, limitBody, tooLarge } from './body.ts';
import { languageReader } from './error-handling.ts';
import { createGate } from './gate.ts';
import { routeSchema } from './openapi.ts';
import { DEFAULT_BODY_LIMIT, type HttpOptions } from './options.ts';
import { idempotencyKeyOf } from './preconditions.ts';
import type { Call, Handler, Marking, PolicyRule } from './types.ts';
import type { Admission } from './admission.ts';
import { credentialsOf } from './crowd.ts';
import { createRateLimit, limitStranger, type Bucket } from './rate.ts';
import { refuseBlocked } from './refusals.ts';
import { acceptJson } from './json-bodies.ts';
import { createOutgoing, type Outgoing } from './outgoing.ts';
import { createQuickAnswer, type QuickAnswer } from './quick-answer.ts';
import { compileOperation, compileSchema, type CheckSchema } from './validate.ts';

export interface Registered {
  operation: AnyOperation;
  handler: Handler<unknown, unknown, unknown, unknown>;
}

type RouteOptions = HttpOptions & { origins: ReadonlySet<string>; closing: AbortSignal; admission?: Admission | undefined; strangers?: Bucket | undefined };

/** A call whose costlier parts are worked out only when asked for. */
class CheckedCall implements Call {
  readonly operation: AnyOperation;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly actor: Actor;
  readonly idempotencyKey: string;
  readonly #options: RouteOptions;

  constructor(operation: AnyOperation, request: FastifyRequest, reply: FastifyReply, key: string, options: RouteOptions) {
    this.operation = operation;
    this.request = request;
    this.reply = reply;
    this.actor = request.actor as Actor;
    this.idempotencyKey = key;
    this.#options = options;
  }

  get params(): unknown {
    return this.request.params;
  }
  get query(): unknown {
    return this.request.query;
  }
  get body(): unknown {
    return this.operation.raw ? undefined : this.request.body;
  }
  get requestId(): string {
    return this.request.id;
  }
  get ifMatch(): string | undefined {
    return this.request.headers['if-match'];
  }
  get requestHash(): string {
    return hashOf([this.operation.id, this.params, this.body]);
  }
  get language(): Language {
    return languageReader(this.#options)(this.request);
  }
  get log(): Log {
    return this.#options.log.child({ requestId: this.request.id, operation: this.operation.id });
  }
  get stream(): Readable {
    return limitBody(this.request.raw, this.operation.bodyLimit ?? DEFAULT_BODY_LIMIT);
  }
}

const keyOf = (operation: AnyOperation, request: FastifyRequest): string => {
  const key = idempotencyKeyOf(request.headers['idempotency-key']);
  if (key === undefined && operation.idempotent) throw common('idempotency.required');
  return key ?? '';
};

const refuseLong = (operation: AnyOperation, request: FastifyRequest): void => {
  const limit = operation.bodyLimit ?? DEFAULT_BODY_LIMIT;
  if (operation.raw && Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
};

const checkAnswer = (check: CheckSchema, operation: AnyOperation, answer: unknown): void => {
  const issues = check(answer === undefined ? null : JSON.parse(JSON.stringify(answer)));
  if (issues.length > 0) throw new Error(`the answer of ${operation.id} differs from its schema: ${issues.map((i) => `${i.path} ${i.code}`).join(', ')}`);
};

const sendAnswer = (request: FastifyRequest, reply: FastifyReply, operation: AnyOperation, answer: unknown, quick: QuickAnswer, outgoing: Outgoing | undefined): void => {
  if (reply.sent) return;
  if (isFileAnswer(answer)) return void sendFile(reply, answer);
  if (reply.statusCode === 200 && operation.status !== undefined) reply.code(operation.status);
  if (reply.statusCode === 204) return void reply.send();
  const whole = JSON.stringify(answer ?? null);
  const text = outgoing ? outgoing(request, whole) : whole;
  if (operation.media) return void reply.type(operation.media.type).send(text);
  if (!quick(request, reply, reply.statusCode, text)) reply.type('application/json; charset=utf-8').send(text);
};

/** What an official gets of a file with personal content: the copy that leads back to this look, never the original. */
const markedFor = async (call: Call, answer: unknown, rule: PolicyRule, marking: Marking | undefined): Promise<{ answer: unknown; trace?: string }> => {
  if (!marking || rule.personal !== true || call.actor.kind !== 'official' || !isFileAnswer(answer)) return { answer };
  const { file, trace } = await marking(answer, { actor: call.actor, style: rule.mark ?? 'tiles' });
  if (file !== answer) call.reply.header('x-zhengwu-marked-copy', trace).header('cache-control', 'private, no-store');
  return { answer: file, trace };
};

const handlerOf = ({ operation, handler }: Registered, rule: PolicyRule, options: RouteOptions) => {
  const checkRequest = compileOperation(operation);
  const check = options.checkAnswers ? compileSchema(operation.response, '') : undefined;
  const isRecordedHere = rule.audit !== null && (rule.recorded === 'gate' || (rule.personal === true && operation.method === 'GET'));
  const audited = async (call: Call, given: unknown): Promise<unknown> => {
    const { answer, trace } = await markedFor(call, given, rule, options.marking);
    await options.audit?.read({ event: rule.audit as string, operation: operation.id, actor: call.actor, params: call.params, trace });
    return answer;
  };
  const quick = createQuickAnswer(options, options.closing);
  const outgoing = createOutgoing(operation.id, rule, options.outgoing);
  const finish = (request: FastifyRequest, reply: FastifyReply, answer: unknown): FastifyReply => {
    if (check && !isFileAnswer(answer) && operation.status !== 204) checkAnswer(check, operation, answer);
    sendAnswer(request, reply, operation, answer, quick, outgoing);
    return reply;
  };
  // What is answered at once returns nothing, so that no promise is made for it.
  return (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> | undefined => {
    checkRequest(request.params, request.query, request.body);
    const call = new CheckedCall(operation, request, reply, keyOf(operation, request), options);
    const answer = handler(call);
    if (isRecordedHere) return Promise.resolve(answer).then((a) => audited(call, a)).then((a) => finish(request, reply, a));
    if (answer instanceof Promise) return answer.then((a) => finish(request, reply, a));
    finish(request, reply, answer);
    return undefined;
  };
};

/** Whoever was found to be signed in is let in as such from now on; a stranger is counted. */
const noteCaller = (request: FastifyRequest, actor: Actor, { admission, strangers }: RouteOptions): void => {
  if (actor.kind === 'public') return limitStranger(strangers, actor.address);
  if (admission === undefined || actor.kind === 'system' || actor.kind === 'device') return;
  const credentials = credentialsOf(request);
  if (credentials !== undefined) admission.prove(credentials, actor.kind === 'official' ? 'official' : 'citizen');
};

const acceptStreams = (instance: FastifyInstance): void => {
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
};

/** Adds the route of one operation: gate before the body, validation, handler, audit of personal reads, answer. */
export const addOperation = (fastify: FastifyInstance, registered: Registered, rule: PolicyRule, options: RouteOptions): void => {
  const { operation } = registered;
  const gate = createGate(operation.id, rule, { authenticator: options.authenticator, origins: options.origins, audit: options.audit });
  const handler = handlerOf(registered, rule, options);
  const limit = options.rateLimits && rule.rate ? createRateLimit(rule.rate) : undefined;
  if (!fastify.hasRequestDecorator('actor')) fastify.decorateRequest('actor', null);
  const add = (instance: FastifyInstance): void => {
    if (operation.raw) acceptStreams(instance);
    if (operation.media) acceptJson(instance, operation.media.type);
    instance.route({
      method: operation.method,
      url: operation.path,
      config: { operation: operation.id, ...(operation.raw ? { raw: true } : {}), ...(operation.media ? { media: operation.media } : {}) },
      bodyLimit: operation.bodyLimit ?? DEFAULT_BODY_LIMIT,
      schema: routeSchema(operation, rule),
      validatorCompiler: () => () => true,
      serializerCompiler: () => (value) => JSON.stringify(value),
      onRequest: (request, _reply, done) => {
        request.operationId = operation.id;
        const admit = (actor: Actor): void => {
          refuseBlocked(options, actor.address);
          noteCaller(request, actor, options);
          limit?.(actor);
          request.actor = actor;
          refuseLong(operation, request);
        };
        const actor = gate(request);
        if (actor instanceof Promise) actor.then(admit).then(() => done(), done);
        else {
          admit(actor);
          done();
        }
      },
      handler,
    });
  };
  if (operation.raw || operation.media) void fastify.register((instance, _, done) => (add(instance), done()));
  else add(fastify);
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; set by the gate on every operation. */
    actor: Actor | null;
  }
}
