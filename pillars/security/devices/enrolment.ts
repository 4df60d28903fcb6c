import { Authority } from '@zhengwu/certificates';
import type { Actor } from '@zhengwu/contracts';
import { hashToken, isSameText, mintToken } from '@zhengwu/crypto';
import type { Tx } from '@zhengwu/database';
import type { Peer } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import * as store from './store.ts';
import type { Device } from './store.ts';

const SECRET_HOURS = 24;
/** With so many wrong secrets the right one is void. */
export const MOST_FAILURES = 5;

export interface Opened {
  secret: string;
  hash: string;
  until: Date;
}

/** A one-time secret of 160 bits, good for a day. */
export const mintSecret = (now: Date): Opened => {
  const secret = mintToken(20);
  return { secret, hash: hashToken(secret), until: new Date(now.getTime() + SECRET_HOURS * 3_600_000) };
};

/** What a request may say of its subject: nothing, or what the register says. Throws `est.other-name` and what `readRequest` throws. */
export const checkNames = async (site: Site, { id, name }: Pick<Device, 'id' | 'name'>, request: string): Promise<void> => {
  const names = await site.use(Authority).namesIn(request);
  const said = (field: string): string[] => names.flatMap((one) => one[field] ?? []);
  const other = [...said('CN').filter((one) => one !== id && one !== name), ...said('2.5.4.5').filter((one) => one !== id)][0];
  if (other !== undefined) throw fail('est.other-name', { name: other, id });
};

const holderOf = ({ id, name, institution, uscc }: Device) => ({ kind: 'device' as const, name, deviceId: id, institution, uscc });

const isRight = ({ secret_hash, secret_until, state }: Device, secret: string, now: Date): boolean =>
  secret_hash !== null && isSameText(hashToken(secret), secret_hash) && secret_until !== null && secret_until > now && state !== 'blocked';

const record = (site: Site, tx: Tx, actor: Actor, event: string, device: Device, detail: Record<string, unknown>): Promise<void> =>
  site.audit.recordFor(tx, { ...actor, kind: 'device', name: device.id }, { event, subject: device.id, detail });

/**
 * The first certificate of a device, as PEM, for its one-time secret. What fails counts against the secret, which is void after five.
 * Throws `est.refused`, `device.refused-elsewhere`, `est.other-name`, and what the authority throws; then the secret stays good.
 */
export const enrol = async (site: Site, actor: Actor, given: { id: string; secret: string } | undefined, request: string): Promise<string> => {
  if (!given) throw fail('est.refused');
  const { database } = site;
  const answer = await database.as(database.system, async (tx): Promise<string | undefined> => {
    const device = await store.hold(tx, given.id);
    if (!device || !isRight(device, given.secret, site.clock.now())) {
      if (device?.secret_hash) {
        await store.countFailure(tx, device.id, MOST_FAILURES);
        await record(site, tx, actor, 'device.enrolment-refused', device, { failures: device.failures + 1, address: actor.address });
      }
      return undefined;
    }
    const seen = await store.seenFrom(tx, device.id, actor.address);
    if (!seen?.here) throw fail('device.refused-elsewhere', { place: device.place });
    await checkNames(site, device, request);
    const authority = site.use(Authority);
    const who = { ...actor, kind: 'device' as const, name: device.id };
    for (const old of [device.serial, device.next_serial]) if (old !== null) await authority.revoke(tx, who, old, 'superseded');
    const made = await authority.issueFor(tx, who, { holder: holderOf(device), request });
    await store.enrolled(tx, device.id, made.serial);
    await record(site, tx, actor, 'device.enrolled', device, { serial: made.serial });
    await site.events.append(tx, { type: 'device.enrolled', subject: device.id, payload: { serial: made.serial } });
    return made.certificate;
  });
  if (answer === undefined) throw fail('est.refused');
  return answer;
};

/** The next certificate of an admitted device, as PEM; the one it used stays good until the next is used. Throws `est.other-name` and what the authority throws. */
export const reenrol = async (site: Site, actor: Actor, peer: Peer, request: string): Promise<string> => {
  const { database } = site;
  return database.as(database.system, async (tx) => {
    const device = await store.hold(tx, peer.subject);
    if (!device || device.serial !== peer.serial || device.state !== 'active') throw fail('device.refused-superseded');
    await checkNames(site, device, request);
    const authority = site.use(Authority);
    const who = { ...actor, kind: 'device' as const, name: device.id };
    if (device.next_serial !== null) await authority.revoke(tx, who, device.next_serial, 'superseded');
    const made = await authority.issueFor(tx, who, { holder: holderOf(device), request, renews: peer.serial });
    await store.setNext(tx, device.id, made.serial);
    await record(site, tx, actor, 'device.reenrolled', device, { serial: made.serial, renews: peer.serial });
    return made.certificate;
  });
};
