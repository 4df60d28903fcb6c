import type { Actor } from '@zhengwu/contracts';
import { Authority } from '@zhengwu/certificates';
import type { Authenticator, Peer } from '@zhengwu/http';
import { peerOf, standIn } from '@zhengwu/http';
import { key, type Site } from '@zhengwu/module';
import { plainAddress } from './device.ts';
import { fail } from './errors.ts';
import * as store from './store.ts';
import type { Device } from './store.ts';

/** The register of devices, for whoever lets connections in. */
export interface Devices {
  /**
   * The registered device behind a verified peer. Throws `device.refused-unknown`, `-blocked`, `-superseded`, `-elsewhere`; each refusal is
   * recorded and told as the event `device.refused` { reason, address, serial }, at most once a minute for the same.
   */
  admit(peer: Peer): Promise<Device>;
}

export const Devices = key<Devices>('devices');

type Reason = 'unknown' | 'blocked' | 'superseded' | 'elsewhere';
const QUIET_MS = 60_000;
const MOST_REMEMBERED = 1000;

const reasonOf = (found: (Device & { here: boolean }) | undefined, peer: Peer): Reason | null => {
  if (!found || found.serial === null) return 'unknown';
  if (found.state === 'blocked') return 'blocked';
  if (found.serial !== peer.serial && found.next_serial !== peer.serial) return 'superseded';
  return found.here ? null : 'elsewhere';
};

/** Who a device is in the trail and to handlers. */
export const deviceActor = (peer: Peer, request: { id: string }): Actor => ({ ...standIn({ id: request.id, ip: plainAddress(peer.address) }), kind: 'device', name: peer.subject, assurance: 3 });

export const openDevices = ({ database, audit, events, clock, use }: Pick<Site, 'database' | 'audit' | 'events' | 'clock' | 'use'>): Devices => {
  const told = new Map<string, number>();
  const tell = async (peer: Peer, reason: Reason): Promise<void> => {
    const mark = `${peer.subject} ${reason} ${peer.address}`;
    const now = clock.now().getTime();
    if (now - (told.get(mark) ?? 0) < QUIET_MS) return;
    if (told.size >= MOST_REMEMBERED) told.clear();
    told.set(mark, now);
    const detail = { reason, address: plainAddress(peer.address), serial: peer.serial };
    await database.as(database.system, async (tx) => {
      await audit.recordFor(tx, { kind: 'device', name: peer.subject, address: detail.address }, { event: 'device.refused', subject: peer.subject, detail });
      await events.append(tx, { type: 'device.refused', subject: peer.subject, payload: detail });
    });
  };
  /** The newer certificate is in use, so the device has it: the older one ends. */
  const promote = ({ id, serial }: Device): Promise<void> =>
    database.as(database.system, async (tx) => {
      await store.promote(tx, id);
      if (serial !== null) await use(Authority).revoke(tx, { kind: 'device', name: id }, serial, 'superseded');
    });
  return {
    async admit(peer) {
      const found = await database.as(database.system, (tx) => store.seenFrom(tx, peer.subject, plainAddress(peer.address)), { readOnly: true });
      const reason = peer.kind === 'device' ? reasonOf(found, peer) : 'unknown';
      if (reason !== null || !found) {
        await tell(peer, reason ?? 'unknown');
        throw fail(`device.refused-${reason ?? 'unknown'}`, { place: found?.place ?? '' });
      }
      if (found.next_serial === peer.serial) await promote(found);
      return found;
    },
  };
};

/**
 * Lets devices in by their connection's certificate beside what `people` knows. A person signed in at a device stays that person; the
 * connection itself was admitted before.
 */
export const withDevices = (people: Authenticator): Authenticator => ({
  authenticate: async (request) => {
    const found = await people.authenticate(request);
    const peer = peerOf(request);
    return found === undefined && peer?.kind === 'device' ? deviceActor(peer, request) : found;
  },
  isPortal: (request) => people.isPortal(request),
  verifyCsrf: (token, actor, request) => people.verifyCsrf(token, actor, request),
});
