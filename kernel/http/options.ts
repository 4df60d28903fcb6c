import type { TlsOptions } from 'node:tls';
import type { FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import type { Language, Problem } from '@zhengwu/contracts';
import type { Log } from '@zhengwu/log';
import type { OutgoingOptions } from './outgoing.ts';
import type { ReadyChecks } from './health.ts';
import type { AccessAudit, Authenticator, Marking, PolicyTable, Refusal } from './types.ts';

/** Largest body in bytes where neither server nor operation says. */
export const DEFAULT_BODY_LIMIT = 256 * 1024;

export interface ServerOptions {
  log: Log;
  /** Origin under which people reach this server; https adds HSTS. */
  origin: string;
  language?: Language;
  /** Certificate, key and rules of a listener that speaks TLS itself; without them it is plain HTTP. */
  tls?: TlsOptions | undefined;
  /** Addresses of reverse proxies whose X-Forwarded-For counts. */
  trustedProxies?: readonly string[];
  /** Seconds within which an ordinary request must arrive whole; 30 unless given. */
  requestSeconds?: number;
  /** Seconds within which an upload must arrive whole; 600 unless given. */
  uploadSeconds?: number;
  ready?: ReadyChecks;
  metricsToken?: string | undefined;
  metrics?: { process?: boolean; registry?: Registry };
  /** Directives that differ from the strict page policy. */
  contentSecurityPolicy?: Readonly<Record<string, string>>;
  /** Page shown instead of problem+json to readers who ask for HTML. */
  errorPage?: (problem: Problem, request: FastifyRequest, language: Language) => string | Promise<string>;
  /** Language of a request; Accept-Language unless given. */
  languageOf?: (request: FastifyRequest) => Language;
  /** Largest body in bytes where a route does not say; 256 KiB unless given. */
  bodyLimit?: number;
  /** Requests in hand at once, with classes of callers put off in turn when there are more; unlimited unless given. */
  mostInFlight?: number;
  /** Requests a minute of one address that nobody signed in for, of all operations and pages together; this machine aside. */
  strangersPerMinute?: number;
  /** Connections that one address may hold; this machine and trusted proxies aside. */
  connectionsPerAddress?: number;
  /** Seconds within which the head of a request must arrive; 10 unless given. */
  headerSeconds?: number;
  /** Told of each request that was answered with 4xx or 5xx, after the answer; must be quick and not throw. */
  refused?: (refusal: Refusal) => void;
  /** Whole seconds for which an address is not answered; 0 when it is. Asked at each request. */
  blockedFor?: (address: string) => number;
}

export interface HttpOptions extends ServerOptions {
  policies: PolicyTable;
  authenticator: Authenticator;
  audit?: AccessAudit;
  /** Holds callers to the policies' rates, counted in this process; off unless given. */
  rateLimits?: boolean;
  /** Further origins whose pages may send changes, beside `origin`. */
  allowedOrigins?: readonly string[];
  title?: string;
  version?: string;
  /** Looks for numbers of persons and for keys in every answer; off unless given. */
  outgoing?: OutgoingOptions;
  /** Marks files of personal operations for officials; off unless given. */
  marking?: Marking;
  /** Checks every answer against its operation's schema and fails when it differs; for tests and the demo. */
  checkAnswers?: boolean;
}
