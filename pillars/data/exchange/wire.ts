import { createHash, randomUUID } from 'node:crypto';
import { Fault } from './faults.ts';
import { readClient, readPart, readServer, type ClientId, type ServiceId } from './identifiers.ts';

/** Headers as they came: names in their spelling, in their order. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** A request by PR-REST, parsed. */
export interface Request {
  method: string;
  /** As it was sent, percent-encoding and query included. */
  target: string;
  client: ClientId;
  service: ServiceId;
  /** What follows the service code: empty, or begins with `/`. */
  path: string;
  /** Without `?`; empty where there is none. */
  query: string;
  /** `X-Road-Id`, made here where the client sent none. */
  id: string;
  /** Assigned here, whatever the client sent. */
  requestId: string;
  /** `X-Road-Security-Server`, where the client wants a certain one. */
  server: { member: string; code: string } | null;
  /** What goes to the provider, without what is of one connection. */
  headers: Headers;
  accept: string | undefined;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const LONGEST_TARGET = 8000;
/** Of one connection (RFC 9110 §7.6.1), or telling of the host behind (PR-REST §4.3 “Filtered headers”); length and expectation are each connection's own. */
const CONNECTION = new Set(['transfer-encoding', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'upgrade', 'connection', 'user-agent', 'host', 'content-length', 'server', 'expect']);
/** Set by nodes alone: what a client or a service writes there is dropped. */
const ASSIGNED = new Set(['x-road-request-id', 'x-road-request-hash']);
const OF_ANSWER = new Set([...ASSIGNED, 'x-road-id', 'x-road-client', 'x-road-service', 'x-road-error', 'date']);

const bad = (message: string): Fault => new Fault('Client.BadRequest', message, randomUUID());

/** Names and values in pairs, from the list that Node gives. */
export const pairs = (raw: readonly string[]): Headers => Array.from({ length: raw.length / 2 }, (_, at) => [raw[2 * at] as string, raw[2 * at + 1] as string] as const);

/** The one value of a header; a second one is refused, since two nodes might read different ones. */
const only = (headers: Headers, name: string): string | undefined => {
  const found = headers.filter(([one]) => one.toLowerCase() === name);
  if (found.length > 1) throw bad(`the header ${name} stands there ${found.length} times`);
  return found[0]?.[1];
};

const isOfConnection = (headers: Headers): ((name: string) => boolean) => {
  const named = headers.filter(([name]) => name.toLowerCase() === 'connection').flatMap(([, value]) => value.toLowerCase().split(',').map((one) => one.trim()));
  return (name) => CONNECTION.has(name) || named.includes(name);
};

/** The service and what follows it in `/r1/{instance}/{class}/{member}/{subsystem}/{service}[/path][?query]`. */
export const readTarget = (target: string): { service: ServiceId; path: string; query: string } => {
  if (target.length > LONGEST_TARGET) throw bad(`the address is longer than ${LONGEST_TARGET} characters`);
  const [before = '', ...after] = target.split('?');
  const [empty, version, ...segments] = before.split('/');
  if (empty !== '' || version !== 'r1') throw bad('the address does not begin with /r1/, the version of the protocol');
  const [instance, memberClass, member, subsystem, service] = segments.slice(0, 5).map(readPart);
  if (instance === undefined || memberClass === undefined || member === undefined || subsystem === undefined || service === undefined) {
    throw bad('the address must be /r1/{instance}/{class}/{member}/{subsystem}/{service}[/path], each part percent-encoded by itself');
  }
  const rest = segments.slice(5);
  // A dot segment would reach, at the service, a path that no right was given for.
  if (rest.some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment))) throw bad('the path holds a dot segment');
  if (/[\p{Cc} #\\]/u.test(target)) throw bad('the address holds a character that must be percent-encoded');
  return { service: { instance, memberClass, member, subsystem, service }, path: rest.length === 0 ? '' : `/${rest.join('/')}`, query: after.join('?') };
};

const isIdFit = (id: string): boolean => id.length <= 255 && /^[\x21-\x7e]+$/.test(id);

/** Parses what a client sent (PR-REST §4.1–4.5). Throws the `Client.BadRequest` that it is answered. */
export const readRequest = (method: string, target: string, raw: Headers): Request => {
  if (!METHODS.has(method)) throw bad(`the method ${method.slice(0, 20)} is not one that is passed on`);
  const named = only(raw, 'x-road-client');
  if (named === undefined) throw bad('the header X-Road-Client is missing');
  const client = readClient(named);
  if (!client) throw bad('the header X-Road-Client must be INSTANCE/CLASS/MEMBER/SUBSYSTEM, each part percent-encoded by itself');
  const wished = only(raw, 'x-road-security-server');
  const server = wished === undefined ? null : readServer(wished);
  if (server === undefined) throw bad('the header X-Road-Security-Server must be INSTANCE/CLASS/MEMBER/SERVER');
  const given = only(raw, 'x-road-id')?.trim();
  if (given !== undefined && !isIdFit(given)) throw bad('the header X-Road-Id holds more than 255 characters, or such as no header may');
  const [requestId, id] = [randomUUID(), given ?? randomUUID()];
  const isDropped = isOfConnection(raw);
  const kept = raw.filter(([name]) => !isDropped(name.toLowerCase()) && !ASSIGNED.has(name.toLowerCase()));
  const accept = only(raw, 'accept');
  const headers: Headers = [...kept, ...(accept === undefined ? [['Accept', 'application/json'] as const] : []), ['X-Road-Request-Id', requestId], ...(given === undefined ? [['X-Road-Id', id] as const] : [])];
  return { method, target, client, ...readTarget(target), id, requestId, server, headers, accept };
};

const blockOf = (first: readonly string[], headers: Headers): string => [...first, ...headers.map(([name, value]) => `${name}:${value}`)].map((line) => `${line}\r\n`).join('');

/** The header block of a request: method, address, then each header, a line each (PR-REST §4.3 “Request hash header”). */
export const requestBlock = ({ method, target, headers }: Pick<Request, 'method' | 'target' | 'headers'>): string => blockOf([method, target], headers);

/** The header block of an answer: its status, then each header. */
export const answerBlock = (status: number, headers: Headers): string => blockOf([String(status)], headers);

const LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\r\n]*)$/;
const headersIn = (lines: readonly string[]): Headers | undefined => {
  const found = lines.map((line) => LINE.exec(line));
  return found.every((one) => one !== null) ? found.map((one) => [one[1] as string, one[2] as string] as const) : undefined;
};

/** The parts of a header block that came from another node; undefined for what is none. `lines` is 2 for a request and 1 for an answer. */
export const readBlock = (block: string, lines: 1 | 2): { first: string[]; headers: Headers } | undefined => {
  const all = block.split('\r\n');
  if (all.length < lines + 1 || all.pop() !== '') return undefined;
  const headers = headersIn(all.slice(lines));
  return headers && { first: all.slice(0, lines), headers };
};

export const sha512 = (...parts: (Buffer | string)[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sha512')).digest();

/** `X-Road-Request-Hash`: SHA-512 over the hash of the header block and the hash of the body; over the header block alone where there is no body (PR-REST §4.3). */
export const requestHash = (block: string, bodyHash: Buffer | null): string => (bodyHash === null ? sha512(block) : sha512(sha512(block), bodyHash)).toString('base64');

/** What an answer of a service goes on with: its own headers, and in place of any that it set those of the exchange. */
export const answerHeaders = (own: Headers, of: { client: string; service: string; id: string; requestId: string; hash: string }): Headers => {
  const isDropped = isOfConnection(own);
  return [
    ...own.filter(([name]) => !isDropped(name.toLowerCase()) && !OF_ANSWER.has(name.toLowerCase())),
    ['X-Road-Id', of.id], ['X-Road-Client', of.client], ['X-Road-Service', of.service], ['X-Road-Request-Id', of.requestId], ['X-Road-Request-Hash', of.hash],
  ];
};

/** A header of a block; undefined where there is none, the first where there are several. */
export const headerIn = (headers: Headers, name: string): string | undefined => headers.find(([one]) => one.toLowerCase() === name)?.[1];

