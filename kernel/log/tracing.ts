/** How work is traced where tracing is on; nobody pays for it where it is off. */
export interface Tracing {
  /** Runs `work` inside a span that hangs below the current one, or below `parent` (W3C traceparent). */
  within<T>(name: string, about: Readonly<Record<string, string | number | undefined>>, work: () => Promise<T>, parent?: string): Promise<T>;
  /** W3C traceparent of the current span. */
  parent(): string | undefined;
  traceId(): string | undefined;
}

let current: Tracing | null = null;

/** The tracing of this process; null while it is off. */
export const tracing = (): Tracing | null => current;

/** Turns tracing on for this process, or off with null. */
export const useTracing = (one: Tracing | null): void => {
  current = one;
};
