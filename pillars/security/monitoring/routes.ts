import { addProbe, changeProbe, listProbes, readHealth, readHistory, removeProbe, type Health } from '@zhengwu/contracts';
import { once } from '@zhengwu/database';
import type { Http } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { refuseTarget } from './addresses.ts';
import { fail } from './errors.ts';
import * as store from './store.ts';
import { openCount } from './store-alerts.ts';
import { countProbes, deleteProbe, insertProbe, probes, updateProbe } from './store-probes.ts';

const MOST_PROBES = 500;
const ORDER: readonly Health[] = ['bad', 'warning', 'unknown', 'good'];

const healthRoutes = ({ database, clock }: Site, http: Http): void => {
  http.route(readHealth, async ({ actor }) => {
    const [items, firing] = await database.as(actor, async (tx) => [await store.readings(tx), await openCount(tx)] as const, { readOnly: true });
    const state = ORDER.find((one) => one !== 'unknown' && items.some((item) => item.state === one)) ?? 'unknown';
    return { at: clock.now().toISOString(), state, items, firing };
  });
  http.route(readHistory, async ({ actor, query }) => {
    const items = await database.as(actor, (tx) => store.history(tx, query.series, query.step), { readOnly: true });
    const n = items.reduce((sum, point) => sum + point.n, 0);
    return { items, availability: n === 0 ? null : items.reduce((sum, point) => sum + point.ok, 0) / n };
  });
};

const probeRoutes = ({ database, audit }: Site, http: Http): void => {
  http.route(listProbes, ({ actor }) => database.as(actor, async (tx) => {
    const [list, said, shares] = [await probes(tx), await store.readings(tx), await store.shares(tx, 'probe:')];
    const known = new Map(said.map((one) => [one.series, one]));
    return { items: list.map((probe) => {
      const [reading, share] = [known.get(`probe:${probe.id}`), shares.get(`probe:${probe.id}`)];
      return {
        ...probe, state: reading?.state ?? 'unknown', at: reading?.at ?? null, milliseconds: reading?.unit === 'milliseconds' ? reading.value : null, note: reading?.note ?? null,
        availability: share?.day ?? null, availabilityMonth: share?.month ?? null, loss: share?.hour == null ? null : 1 - share.hour,
      };
    }) };
  }, { readOnly: true }));
  http.route(addProbe, async ({ actor, body, idempotencyKey, requestHash }) => {
    await refuseTarget(body.host);
    return database.as(actor, async (tx) => {
      const { answer } = await once(tx, { operation: addProbe.id, key: idempotencyKey, requestHash }, async () => {
        if ((await countProbes(tx)) >= MOST_PROBES) throw fail('monitoring.too-many', { most: MOST_PROBES });
        const id = uuidv7();
        await insertProbe(tx, id, body);
        await audit.record(tx, { event: 'monitoring.probeAdded', subject: id, detail: { ...body } });
        return { status: 201, answer: { id } };
      });
      return answer as { id: string };
    });
  });
  http.route(changeProbe, async ({ actor, params, body: { version: seen, ...probe } }) => {
    await refuseTarget(probe.host);
    return database.as(actor, async (tx) => {
      const version = await updateProbe(tx, params.id, seen, probe);
      if (version === null) throw (await probes(tx)).some(({ id }) => id === params.id) ? fail('monitoring.changed-meanwhile') : fail('monitoring.not-found');
      await audit.record(tx, { event: 'monitoring.probeChanged', subject: params.id, detail: { ...probe } });
      return { version };
    });
  });
  http.route(removeProbe, ({ actor, params }) => database.as(actor, async (tx) => {
    if (!(await deleteProbe(tx, params.id))) throw fail('monitoring.not-found');
    await audit.record(tx, { event: 'monitoring.probeRemoved', subject: params.id });
    return {};
  }));
};

export const routes = (site: Site, http: Http): void => {
  healthRoutes(site, http);
  probeRoutes(site, http);
};
