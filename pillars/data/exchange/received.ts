import { randomUUID } from 'node:crypto';
import { Fault } from './faults.ts';
import type { Envelope } from './frame.ts';
import { readClient, readServer, writeClient, writeMember, type ServiceId } from './identifiers.ts';
import { headerIn, readBlock, readTarget, type Headers } from './wire.ts';

/** A request of another node, parsed. */
export interface Received {
  method: string;
  client: string;
  member: string;
  service: ServiceId;
  provider: string;
  path: string;
  query: string;
  headers: Headers;
  id: string;
  requestId: string;
  server: string | null;
}

const fault = (type: string, message: string): Fault => new Fault(`Server.ServerProxy.${type}`, message, randomUUID());
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads the block that another node signed, by the rules that this one's clients are held to. */
export const readReceived = ({ block }: Envelope): Received => {
  const read = readBlock(block, 2);
  const [method, target] = read?.first ?? [];
  if (!read || method === undefined || target === undefined) throw fault('MalformedMessage', 'the header block is malformed');
  const { headers } = read;
  const client = readClient(headerIn(headers, 'x-road-client') ?? '');
  const [requestId, id, server] = [headerIn(headers, 'x-road-request-id'), headerIn(headers, 'x-road-id'), headerIn(headers, 'x-road-security-server')];
  if (!client || requestId === undefined || !UUID.test(requestId) || id === undefined) throw fault('MalformedMessage', 'the header block lacks the client or the ids');
  const { service, path, query } = readTarget(target);
  const wished = server === undefined ? null : readServer(server);
  return { method, client: writeClient(client), member: writeMember(client), service, provider: writeClient(service), path, query, headers, id, requestId, server: wished ? `${wished.member}/${encodeURIComponent(wished.code)}` : null };
};
