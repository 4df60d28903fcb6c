import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a scanner may send, as OpenAPI tells it. */
interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  pattern?: string;
  format?: string;
  minLength?: number;
  minimum?: number;
  minItems?: number;
  default?: unknown;
}
interface Described {
  parameters?: { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
export interface Api {
  paths: Record<string, Record<string, Described>>;
}

/** One request a scanner begins with. */
export interface Probe {
  method: string;
  path: string;
  body: string | null;
}

const ID = '0190f7a0-0000-7000-8000-00000000beef';
const WORDS = ['a', ID, '2026-11-22', '2026-11-22T00:00:00.000Z', 'a1b2c3', '11010519491231002X', '12500000001', '990000', '2026', 'YC-ZW', 'ab'.repeat(32), 'identity-card-replacement', 'user01', 'ZC2026112200001', '127.0.0.1', 'http://127.0.0.1/'];
const formats: Readonly<Record<string, string>> = { uuid: ID, date: '2026-11-22', 'date-time': '2026-11-22T00:00:00.000Z', email: 'a@yunchuan.example' };

const textOf = ({ format, pattern, minLength = 0 }: Schema): string => {
  if (format && formats[format]) return formats[format];
  const fits = (text: string): boolean => text.length >= minLength && (!pattern || new RegExp(pattern, 'u').test(text));
  return WORDS.find(fits) ?? 'a'.repeat(Math.max(1, minLength));
};

/** A value that the schema takes, all optional parts present: each part is one to try. */
export const exampleOf = (schema: Schema): unknown => {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return exampleOf(schema.anyOf.find((one) => one.type !== 'null') ?? {});
  switch ([schema.type].flat()[0]) {
    case 'object': return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, exampleOf(one)]));
    case 'array': return schema.items ? [exampleOf(schema.items)] : [];
    case 'integer': case 'number': return schema.minimum ?? 1;
    case 'boolean': return true;
    default: return textOf(schema);
  }
};

/** Where a scanner puts what it tries. */
const MARK = '*';
const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** Two probes an operation at most: its path with each segment marked, and its query and body. */
export const probesOf = ({ paths }: Api, skipped: (method: string, path: string) => boolean): Probe[] =>
  Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).filter(([method]) => METHODS.has(method) && !skipped(method.toUpperCase(), path)).flatMap(([method, described]) => {
    const parameters = described.parameters ?? [];
    const at = (mark: string): string => path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(exampleOf(parameters.find((one) => one.in === 'path' && one.name === name)?.schema ?? {}))) + mark);
    const query = new URLSearchParams(parameters.filter((one) => one.in === 'query').map((one) => [one.name, String(exampleOf(one.schema))])).toString();
    const schema = described.requestBody?.content['application/json']?.schema;
    const body = schema ? JSON.stringify(exampleOf(schema)) : null;
    const upper = method.toUpperCase();
    return [
      ...(path.includes('{') ? [{ method: upper, path: at(MARK), body }] : []),
      ...(query || body ? [{ method: upper, path: at('') + (query ? `?${query}` : ''), body }] : []),
    ];
  }));

/** The probes in the form in which proxies write their logs, which sqlmap reads. */
export const proxyLog = (origin: string, probes: readonly Probe[]): string => {
  const { hostname, port } = new URL(origin);
  const raw = ({ method, path, body }: Probe): string =>
    [`${method} ${path} HTTP/1.1`, `Host: ${hostname}:${port}`, ...(body ? ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`] : []), '', body ?? ''].join('\r\n');
  const item = (probe: Probe): string => `<item><host>${hostname}</host><port>${port}</port><protocol>http</protocol><method>${probe.method}</method><path><![CDATA[${probe.path}]]></path><request base64="true"><![CDATA[${Buffer.from(raw(probe)).toString('base64')}]]></request></item>`;
  return `<?xml version="1.0"?>\n<items>\n${probes.map(item).join('\n')}\n</items>\n`;
};

/** Answers of addresses of the test's own, the planted holes; null where it is none. */
export type Planted = (path: string, query: URLSearchParams) => Promise<{ status: number; type: string; body: string } | null>;

export interface Forwarder {
  origin: string;
  /** How many answers there were, by status. */
  statuses: Map<number, number>;
  /** Requests that were answered with 5xx, each once, without their query. */
  faults: Set<string>;
  close(): Promise<void>;
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** Sends on what comes in with the credentials that a scanner could not make: session, signature, a fresh key. */
export const openForwarder = async (target: string, credentials: (method: string, path: string) => Record<string, string>, planted: Planted = async () => null): Promise<Forwarder> => {
  const statuses = new Map<number, number>();
  const faults = new Set<string>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://local');
    const own = await planted(pathname, searchParams);
    if (own) return void response.writeHead(own.status, { 'content-type': own.type }).end(own.body);
    const [method, path] = [request.method ?? 'GET', request.url ?? '/'];
    const body = await bodyOf(request);
    const type = request.headers['content-type'];
    const sent = await fetch(target + path, { method, redirect: 'manual', headers: { ...(type ? { 'content-type': type } : {}), ...(request.headers.cookie ? { cookie: request.headers.cookie } : {}), ...credentials(method, path) }, ...(body.length > 0 ? { body: new Uint8Array(body) } : {}) });
    statuses.set(sent.status, (statuses.get(sent.status) ?? 0) + 1);
    if (sent.status >= 500) faults.add(`${method} ${pathname} ${sent.status}`);
    response.writeHead(sent.status, Object.fromEntries([...sent.headers].filter(([name]) => !['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'keep-alive'].includes(name))));
    response.end(Buffer.from(await sent.arrayBuffer()));
  };
  const server: Server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, statuses, faults,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** Runs a scanner to its end, or to `seconds`; answers what it said. */
export const scan = async (program: string, args: readonly string[], seconds: number): Promise<string> => {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: seconds * 1000 });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (signal) throw new Error(`${program} was not done after ${seconds} s: ${said.slice(-1000)}`);
  return `${said}\nended with ${code}`;
};
