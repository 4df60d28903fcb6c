import { addDevice, listDevices, listTraps, removeDevice, searchLines } from '@zhengwu/contracts';
import type { Sealer } from '@zhengwu/crypto';
import { once } from '@zhengwu/database';
import type { Http } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { refuseTarget } from './addresses.ts';
import { fail } from './errors.ts';
import type { Intake } from './intake.ts';
import * as store from './store.ts';
import { deleteDevice, devices, insertDevice, linksOf, traps } from './store-devices.ts';
import { findLines } from './store-lines.ts';

const MOST_DEVICES = 200;
const numberOrNull = (after: string | undefined): string | null => (after !== undefined && /^\d{1,18}$/.test(after) ? after : null);

const deviceRoutes = ({ database, audit }: Site, http: Http, sealer: Sealer): void => {
  http.route(listDevices, ({ actor }) => database.as(actor, async (tx) => {
    const [list, links, said] = [await devices(tx), await linksOf(tx), new Map((await store.readings(tx)).map((one) => [one.series, one]))];
    return { items: list.map(({ authKey: _auth, privKey: _priv, ...device }) => {
      const reading = said.get(`device:${device.id}`);
      return { ...device, state: reading?.state ?? 'unknown', at: reading?.at ?? null, note: reading?.note ?? null, links: links.get(device.id) ?? [] };
    }) };
  }, { readOnly: true }));
  http.route(addDevice, async ({ actor, body, idempotencyKey, requestHash }) => {
    await refuseTarget(body.host);
    return database.as(actor, async (tx) => {
      const { answer } = await once(tx, { operation: addDevice.id, key: idempotencyKey, requestHash }, async () => {
        if ((await devices(tx)).length >= MOST_DEVICES) throw fail('monitoring.too-many', { most: MOST_DEVICES });
        const id = uuidv7();
        await insertDevice(tx, id, { ...body, authKey: sealer.seal(body.authKey, `${id} auth`), privKey: sealer.seal(body.privKey, `${id} priv`) });
        await audit.record(tx, { event: 'monitoring.deviceAdded', subject: id, detail: { name: body.name, host: body.host, port: body.port, user: body.user } });
        return { status: 201, answer: { id } };
      });
      return answer as { id: string };
    });
  });
  http.route(removeDevice, ({ actor, params }) => database.as(actor, async (tx) => {
    if (!(await deleteDevice(tx, params.id))) throw fail('monitoring.not-found');
    await audit.record(tx, { event: 'monitoring.deviceRemoved', subject: params.id });
    return {};
  }));
  http.route(listTraps, ({ actor, query }) => database.as(actor, async (tx) => {
    const limit = query.limit ?? 20;
    const rows = await traps(tx, numberOrNull(query.after), limit + 1);
    const items = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }, { readOnly: true }));
};

export const networkRoutes = (site: Site, http: Http, { sealer, intake }: { sealer: Sealer; intake: () => Intake | null }): void => {
  deviceRoutes(site, http, sealer);
  const { database, config } = site;
  http.route(searchLines, ({ actor, query }) => database.as(actor, async (tx) => {
    const limit = query.limit ?? 50;
    const rows = await findLines(tx, { ...query, after: numberOrNull(query.after) ?? undefined }, limit + 1);
    const items = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString(), sentAt: row.sentAt?.toISOString() ?? null }));
    const now = intake();
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
      intake: { isOn: now !== null, port: now?.port ?? null, received: now?.received ?? 0, dropped: now?.dropped ?? 0, keepDays: config.monitoring.keepLogDays } };
  }, { readOnly: true }));
};
