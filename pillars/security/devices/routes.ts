import * as api from '@zhengwu/contracts';
import { Authority } from '@zhengwu/certificates';
import type { Tx } from '@zhengwu/database';
import { peerOf, type Call, type Http, type Peer } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { Devices } from './admission.ts';
import { checkNew, checkRanges, plainAddress, viewOf } from './device.ts';
import { mintSecret } from './enrolment.ts';
import { fail } from './errors.ts';
import * as store from './store.ts';
import type { Device } from './store.ts';

const HELLO_SECONDS = 60;
type Asked = Call<{ id: string }>;

const held = async (tx: Tx, id: string): Promise<Device> => {
  const found = await store.hold(tx, id);
  if (!found) throw fail('device.unknown', { id });
  return found;
};

/** Changes one device as its keeper, within their reach, and records it; answers the device as it then is. */
const changing = (site: Site, event: string, change: (tx: Tx, device: Device, call: Asked) => Promise<Record<string, unknown>>) => (call: Asked): Promise<api.RegisteredDevice> =>
  site.database.as(call.actor, async (tx) => {
    const { id } = await held(tx, call.params.id);
    const detail = await change(tx, await held(tx, id), call);
    await site.audit.record(tx, { event, subject: id, detail });
    return viewOf(await held(tx, id));
  });

const keepers = (site: Site, http: Http): void => {
  const { database, audit, clock } = site;
  http.route(api.listRegisteredDevices, async ({ actor, query }) => {
    const limit = query.limit ?? 20;
    const rows = await database.as(actor, (tx) => store.list(tx, query, limit + 1), { readOnly: true });
    const items = rows.slice(0, limit).map(viewOf);
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  });
  http.route(api.registerDevice, async ({ actor, body }) => {
    checkNew(body);
    const opened = mintSecret(clock.now());
    return database.as(actor, async (tx) => {
      if (!(await store.insert(tx, body, opened.hash, opened.until, clock.now()))) throw fail('device.taken', { id: body.id });
      await audit.record(tx, { event: 'device.registered', subject: body.id, detail: { kind: body.kind, department: body.department, place: body.place, ranges: body.ranges } });
      return { device: viewOf(await held(tx, body.id)), secret: opened.secret, until: opened.until.toISOString() };
    });
  });
  http.route(api.renewEnrolment, ({ actor, params: { id } }) => database.as(actor, async (tx) => {
    if ((await held(tx, id)).state === 'blocked') throw fail('device.is-blocked', { id });
    const opened = mintSecret(clock.now());
    await store.openSecret(tx, id, opened.hash, opened.until);
    await audit.record(tx, { event: 'device.enrolment-opened', subject: id });
    return { device: viewOf(await held(tx, id)), secret: opened.secret, until: opened.until.toISOString() };
  }));
  http.route(api.placeDevice, async (call) => {
    const { place, ranges } = call.body;
    checkRanges(ranges);
    return changing(site, 'device.placed', async (tx, old) => (await store.place(tx, old.id, place, ranges), { from: [old.place, ...old.ranges], to: [place, ...ranges] }))(call);
  });
  http.route(api.blockDevice, (call) => changing(site, 'device.blocked', async (tx, { id, state }) => {
    if (state === 'blocked') throw fail('device.is-blocked', { id });
    return (await store.block(tx, id, call.body.reason), { reason: call.body.reason });
  })(call));
  http.route(api.releaseDevice, (call) => changing(site, 'device.released', async (tx, { id, state }) => {
    if (state !== 'blocked') throw fail('device.not-blocked', { id });
    return (await store.release(tx, id), { reason: call.body.reason });
  })(call));
};

/** The device behind a call of its own; the gate has seen its certificate. */
export const devicePeer = ({ request }: Pick<Call, 'request'>): Peer => {
  const peer = peerOf(request);
  if (peer?.kind !== 'device') throw fail('device.needs-certificate');
  return peer;
};

const devices = (site: Site, http: Http): void => {
  const { database, clock } = site;
  http.route(api.deviceHello, async (call) => {
    const peer = devicePeer(call);
    await site.use(Devices).admit(peer);
    const { health, note } = call.body;
    await database.as(database.system, (tx) => store.hello(tx, peer.subject, plainAddress(peer.address), health, note ?? null, clock.now()));
    const file = await site.use(Authority).find(peer.serial);
    if (!file) throw fail('device.refused-superseded');
    const [begins, ends, now] = [file.notBefore.getTime(), file.notAfter.getTime(), clock.now()];
    return { id: peer.subject, now: now.toISOString(), certificateEnds: file.notAfter.toISOString(), renew: ends - now.getTime() < (ends - begins) / 3, helloSeconds: HELLO_SECONDS };
  });
  http.route(api.deviceSelf, async (call) => {
    const peer = devicePeer(call);
    const { id, kind, name, institution, place, ranges, state } = await site.use(Devices).admit(peer);
    return { id, kind, name, institution, place, ranges, state, serial: peer.serial };
  });
};

export const routes = (site: Site, http: Http): void => {
  keepers(site, http);
  devices(site, http);
};
