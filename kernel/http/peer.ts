import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** Who stands at the other end of a connection, by the client certificate that its TLS handshake proved. */
export interface Peer {
  kind: 'person' | 'institution' | 'device';
  /** Serial number of the certificate, lower-case hex. */
  serial: string;
  /** What the profile names: a person's pseudonym, an institution's credit code, a device's id. */
  subject: string;
  /** Common name, for people to read. */
  name: string;
  /** Credit code of the institution in the certificate; null for a person. */
  uscc: string | null;
  /** The certificate itself, DER; tokens are bound to its SHA-256 (RFC 8705 §3). */
  certificate?: Buffer;
  /** Address of the other end of the connection itself; no header counts. */
  address: string;
}

const peers = new WeakMap<Socket, Peer>();

/** Says who is at the other end of this connection. Only the listener that finished the handshake and checked the certificate may call it. */
export const markPeer = (socket: Socket, peer: Peer): void => void peers.set(socket, Object.freeze(peer));

/**
 * The verified holder of the client certificate of this request's own connection; undefined without one. Nothing that a client
 * can write into a request changes it. Chain, dates and revocation were checked before the request got here.
 */
export const peerOf = (request: Pick<FastifyRequest, 'raw'>): Peer | undefined => peers.get(request.raw.socket);
