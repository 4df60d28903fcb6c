import { promisify } from 'node:util';
import { gzip as gzipCallback } from 'node:zlib';
import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyTag, isUnchanged } from './preconditions.ts';

const gzip = promisify(gzipCallback);
/** Shorter bodies are not worth compressing. */
export const SMALLEST = 1400;
const COMPRESSIBLE = /^(?:text\/|application\/(?:(?:[\w.]+\+)?json|javascript|xml)|image\/svg)/;
const FILE = Symbol('file answer');

/** A file as the answer of an operation. */
export interface FileAnswer {
  readonly [FILE]: true;
  body: Readable | Buffer;
  type: string;
  /** Name offered to the reader; any characters. */
  name: string;
  size?: number;
  /** Shown in the page rather than saved; for PDF and images only. */
  inline?: boolean;
}

/** Answers with a file instead of JSON. */
export const fileAnswer = (file: Omit<FileAnswer, typeof FILE>): FileAnswer => ({ ...file, [FILE]: true });

export const isFileAnswer = (value: unknown): value is FileAnswer => typeof value === 'object' && value !== null && FILE in value;

const INLINE = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/webp']);

/** Content-Disposition by RFC 6266 with the name in both forms (RFC 8187). */
export const dispositionOf = (name: string, inline: boolean): string => {
  const plain = name.replace(/[^\x20-\x7e]|["\\%/;]/g, '_');
  const full = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${full}`;
};

/** Sends a file so that a browser cannot run what is in it. */
export const sendFile = (reply: FastifyReply, file: FileAnswer): FastifyReply => {
  reply.header('content-type', file.type);
  reply.header('content-disposition', dispositionOf(file.name, file.inline === true && INLINE.has(file.type)));
  reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'");
  if (file.size !== undefined) reply.header('content-length', file.size);
  return reply.send(file.body);
};

/** Adds an ETag to a GET answer; true when the reader already has it and nothing need be sent. */
export const tagAnswer = (request: FastifyRequest, reply: FastifyReply, payload: unknown): boolean => {
  if (reply.statusCode !== 200 || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
  let tag = reply.getHeader('etag');
  if (tag === undefined && (typeof payload === 'string' || Buffer.isBuffer(payload))) {
    tag = bodyTag(payload);
    reply.header('etag', tag);
  }
  return typeof tag === 'string' && isUnchanged(request.headers['if-none-match'], tag);
};

/** The payload gzipped where it is long enough, compressible and the reader takes it; otherwise undefined. */
export const compress = async (request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<Buffer | undefined> => {
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return undefined;
  if (payload.length < SMALLEST || reply.hasHeader('content-encoding')) return undefined;
  if (!COMPRESSIBLE.test(String(reply.getHeader('content-type')))) return undefined;
  const vary = reply.getHeader('vary');
  reply.header('vary', vary === undefined ? 'accept-encoding' : `${String(vary)}, accept-encoding`);
  if (!/\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(String(request.headers['accept-encoding'] ?? ''))) return undefined;
  const small = await gzip(payload, { level: 4 });
  reply.header('content-encoding', 'gzip');
  reply.removeHeader('content-length');
  return small;
};
