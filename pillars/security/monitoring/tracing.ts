import { AsyncLocalStorage } from 'node:async_hooks';
import type { Attributes, Span } from '@opentelemetry/api';
import type { Tracing } from '@zhengwu/log';

type About = Readonly<Record<string, string | number | undefined>>;

/** A span that is open. */
export interface OpenSpan {
  run<T>(work: () => T): T;
  set(about: About): void;
  /** Ends it; with `failure` as one that failed. */
  end(failure?: unknown): void;
}

/** Traces of this process, sent to a collector by OTLP over HTTP. */
export interface Traces extends Tracing {
  start(name: string, about: About, parent?: string): OpenSpan;
  /** Sends what waits. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const known = (about: About): Attributes => Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined)) as Attributes;

/** Opens traces to a collector such as http://127.0.0.1:4318. The library is loaded here and nowhere else: a site without a collector never pays for it. */
export const openTraces = async (url: string, service: string): Promise<Traces> => {
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'), import('@opentelemetry/sdk-trace'), import('@opentelemetry/exporter-trace-otlp-http'), import('@opentelemetry/resources'),
  ]);
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: new URL('/v1/traces', url).href }) })],
  });
  const tracer = provider.getTracer('zhengwu');
  const current = new AsyncLocalStorage<Span>();
  const contextOf = (parent?: string) => {
    const [, traceId, spanId, flags] = TRACEPARENT.exec(parent ?? '') ?? [];
    if (traceId && spanId) return api.trace.setSpanContext(api.ROOT_CONTEXT, { traceId, spanId, traceFlags: Number.parseInt(flags ?? '0', 16), isRemote: true });
    const above = current.getStore();
    return above ? api.trace.setSpan(api.ROOT_CONTEXT, above) : api.ROOT_CONTEXT;
  };
  const start: Traces['start'] = (name, about, parent) => {
    const span = tracer.startSpan(name, { attributes: known(about) }, contextOf(parent));
    return {
      run: (work) => current.run(span, work),
      set: (more) => void span.setAttributes(known(more)),
      end: (failure) => {
        // The kind of a failure is told, not its text, which may name a person.
        if (failure !== undefined) span.setStatus({ code: api.SpanStatusCode.ERROR, message: failure instanceof Error ? failure.name : 'failed' });
        span.end();
      },
    };
  };
  return {
    start,
    within: async (name, about, work, parent) => {
      const span = start(name, about, parent);
      try {
        const answer = await span.run(work);
        span.end();
        return answer;
      } catch (error) {
        span.end(error);
        throw error;
      }
    },
    parent: () => {
      const context = current.getStore()?.spanContext();
      return context && `00-${context.traceId}-${context.spanId}-0${context.traceFlags & 1}`;
    },
    traceId: () => current.getStore()?.spanContext().traceId,
    flush: () => provider.forceFlush(),
    stop: () => provider.shutdown(),
  };
};
