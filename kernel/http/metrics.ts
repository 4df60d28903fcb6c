import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  readonly contentType: string;
  text(): Promise<string>;
  /** Counts one answer and its time. */
  observe(operation: string, status: number, milliseconds: number): void;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Metrics of one server; `process` adds those of the whole process (memory, event loop). */
export const createMetrics = ({ process = true, registry = new Registry() }: { process?: boolean; registry?: Registry } = {}): Metrics => {
  const times = new Histogram({ name: 'http_request_duration_seconds', help: 'Time to answer, by operation and status', labelNames: ['operation', 'status'], buckets: SECONDS, registers: [registry] });
  if (process) collectDefaultMetrics({ register: registry });
  const children = new Map<string, Map<number, { observe(value: number): void }>>();
  return {
    registry,
    contentType: registry.contentType,
    text: () => registry.metrics(),
    observe(operation, status, milliseconds) {
      let byStatus = children.get(operation);
      if (!byStatus) children.set(operation, (byStatus = new Map()));
      let child = byStatus.get(status);
      if (!child) byStatus.set(status, (child = times.labels(operation, String(status))));
      child.observe(milliseconds / 1000);
    },
  };
};
