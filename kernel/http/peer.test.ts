import { Socket } from 'node:net';
import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { markPeer, peerOf, type Peer } from './peer.ts';

const kiosk: Peer = { kind: 'device', serial: '4a', subject: 'kiosk-1', name: '自助终端', uscc: null, address: '127.0.0.1' };
const requestOn = (socket: Socket, headers: Record<string, string> = {}) => ({ raw: { socket, headers } as unknown as IncomingMessage });

test('a peer belongs to its own connection, cannot be altered, and no header makes one', () => {
  const [known, other] = [new Socket(), new Socket()];
  markPeer(known, { ...kiosk });
  expect(peerOf(requestOn(known))).toEqual(kiosk);
  expect(() => Object.assign(peerOf(requestOn(known)) ?? {}, { kind: 'person' })).toThrow(TypeError);
  for (const name of ['x-client-cert', 'x-ssl-client-verify', 'x-forwarded-client-cert', 'ssl-client-serial']) expect(peerOf(requestOn(other, { [name]: '4a' }))).toBeUndefined();
});
