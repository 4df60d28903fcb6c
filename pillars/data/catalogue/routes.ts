import { Readable } from 'node:stream';
import type { AuditEntry } from '@zhengwu/audit';
import * as api from '@zhengwu/contracts';
import type { Actor } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { Directory } from '@zhengwu/directory';
import { fileAnswer, type Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { asTurtle, catalogueOf, type Publisher } from './dcat.ts';
import { fail } from './errors.ts';
import { differences } from './metadata.ts';
import { findOpen, listOpen, readOpen, readRows, schemaOf, writeRows } from './open-data.ts';
import { endKey, KEY_HEADER, listKeys, makeKey, openAdmission, PER_MINUTE } from './open-keys.ts';
import { demandRoutes } from './routes-demands.ts';
import { answer, ask, viewOf, withdraw } from './requests.ts';
import { decide, edit, retire, rowOf, submit } from './resources.ts';
import { selectRequests } from './store-requests.ts';
import * as store from './store.ts';

type Catalogued = { tx: Tx; actor: Actor; id: string };
const SHOWN = 20;

const read = async ({ tx, id }: Pick<Catalogued, 'tx' | 'id'>): Promise<{ listed: store.Listed; versions: store.Version[] }> => {
  const [resource, versions] = [await store.selectResource(tx, id), await store.selectVersions(tx, id)];
  const [newest] = versions;
  if (!resource || !newest) throw fail('catalogue.unknown', { resource: id });
  return { listed: { ...resource, ...newest }, versions };
};

const publisherOf = (site: Site): Publisher => {
  const { origins } = site.config;
  const directory = site.use(Directory);
  return { portal: origins.portal, name: { zh: '云川市人民政府', en: 'the People’s Government of Yunchuan' }, nameOf: (provider) => directory.departmentByCode(provider)?.name ?? { zh: provider, en: provider } };
};

const officeRoutes = (site: Site, http: Http): void => {
  const { database, audit } = site;
  const change = <T>(actor: Actor, entry: AuditEntry, work: (tx: Tx) => Promise<T>): Promise<T> => database.as(database.system, async (tx) => {
    const done = await work(tx);
    await audit.recordFor(tx, actor, entry);
    return done;
  });
  http.route(api.listResources, ({ actor, query }) => database.as(actor, async (tx) => {
    const { q, class: kind, sharing, state, provider, offset = 0, limit = SHOWN } = query;
    const found = await store.search(tx, { q: q?.trim() || null, kind: kind ?? null, sharing: sharing ?? null, state: state ?? null, provider: provider ?? null }, offset, limit);
    return { total: found.total, items: found.items.map((one) => rowOf(site, actor, one)) };
  }, { readOnly: true }));
  http.route(api.readResource, ({ actor, params }) => database.as(actor, async (tx) => {
    const { listed, versions } = await read({ tx, id: params.id });
    return { resource: rowOf(site, actor, listed), versions: versions.map(({ byPerson: _person, at, decidedAt, ...one }) => ({ ...one, at: at.toISOString(), decidedAt: decidedAt?.toISOString() ?? null })) };
  }, { readOnly: true }));
  http.route(api.compareVersions, ({ actor, params, query }) => database.as(actor, async (tx) => {
    const [from, to] = [await store.selectVersion(tx, params.id, query.from), await store.selectVersion(tx, params.id, query.to)];
    if (!from || !to) throw fail('catalogue.unknown', { resource: params.id });
    return { differences: differences(from.metadata, to.metadata) };
  }, { readOnly: true }));
  http.route(api.putResource, ({ actor, params, body }) => change(actor, { event: 'catalogue.edited', subject: params.id }, async (tx) => ({ version: await edit(site, tx, actor, params.id, body) })));
  http.route(api.submitResource, ({ actor, params, body }) => change(actor, { event: 'catalogue.submitted', subject: params.id, detail: { ...body } }, async (tx) => {
    await submit(tx, actor, params.id, body.version);
    return {};
  }));
  http.route(api.decideResource, ({ actor, params, body }) => change(actor, { event: 'catalogue.decided', subject: params.id, detail: { ...body } }, async (tx) => {
    await decide(tx, actor, params.id, { ...body, outcome: body.outcome as 'publish' });
    return {};
  }));
  http.route(api.retireResource, ({ actor, params, body }) => change(actor, { event: 'catalogue.retired', subject: params.id, detail: body }, async (tx) => {
    await retire(site, tx, actor, params.id, body.reason);
    return {};
  }));
  http.route(api.requestResource, ({ actor, params, body }) => change(actor, { event: 'catalogue.requested', subject: params.id, detail: { basis: body.basis, personal: body.personal } }, async (tx) => {
    const { id, state, dueDay } = await ask(site, tx, actor, params.id, body);
    return { id, state: state as 'open', dueDay };
  }));
  http.route(api.listResourceRequests, ({ actor, query }) => database.as(actor, async (tx) => {
    const rows = await selectRequests(tx, query.open ?? null);
    const known = new Map((await store.selectPublished(tx)).map((one) => [one.id, one]));
    return { items: rows.map((row) => viewOf(site, actor, row, known.get(row.resource))) };
  }, { readOnly: true }));
  http.route(api.answerRequest, ({ actor, params, body }) => change(actor, { event: 'catalogue.answered', subject: params.id, detail: { ...body } }, async (tx) => {
    await answer(site, tx, actor, params.id, { ...body, outcome: body.outcome as 'granted' });
    return {};
  }));
  http.route(api.withdrawRequest, ({ actor, params, body }) => change(actor, { event: 'catalogue.withdrawn', subject: params.id, detail: body }, async (tx) => {
    await withdraw(site, tx, actor, params.id, body.reason);
    return {};
  }));
};

interface Taking {
  params: { id: string };
  actor: Actor;
  request: { headers: Record<string, unknown> };
}

const openRoutes = (site: Site, http: Http): void => {
  const { database } = site;
  const document = async () => catalogueOf(publisherOf(site), await database.as(database.system, store.selectPublished, { readOnly: true }));
  http.route(api.exportCatalogueJson, document);
  http.route(api.exportCatalogueTurtle, async () => fileAnswer({ body: Buffer.from(await asTurtle(await document())), type: 'text/turtle; charset=utf-8', name: 'catalogue.ttl' }));
  http.route(api.listOpenDatasets, async ({ query }) => ({ items: await listOpen(site, query.q ?? '') }));
  http.route(api.readOpenDataset, ({ params }) => readOpen(site, params.id));
  const admit = openAdmission(site);
  const admitted = ({ headers }: Taking['request'], address: string, dataset: string, file: boolean): Promise<void> => admit({ address, key: headers[KEY_HEADER], dataset, file });
  http.route(api.readOpenRows, async ({ params, query, actor, request }) => {
    await admitted(request, actor.address, params.id, false);
    return readRows(site, params.id, query.after ?? '', query.limit ?? 100);
  });
  http.route(api.readResourceSchema, ({ params }) => database.as(database.system, async (tx) => schemaOf(site, await findOpen(tx, params.id)), { readOnly: true }));
  const whole = async (id: string, format: 'csv' | 'json') => {
    await database.as(database.system, (tx) => findOpen(tx, id), { readOnly: true });
    return fileAnswer({ body: Readable.from(writeRows(site, id, format)), type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8', name: `${id}.${format}` });
  };
  const wholeFor = (format: 'csv' | 'json') => async ({ params, actor, request }: Taking) => {
    await admitted(request, actor.address, params.id, true);
    return whole(params.id, format);
  };
  http.route(api.downloadOpenCsv, wholeFor('csv'));
  http.route(api.downloadOpenJson, wholeFor('json'));
};

const keyRoutes = (site: Site, http: Http): void => {
  const { database } = site;
  http.route(api.listOpenKeys, ({ actor }) => database.as(actor, async (tx) => ({ items: await listKeys(site, tx), perMinute: { ...PER_MINUTE } }), { readOnly: true }));
  http.route(api.makeOpenKey, ({ actor, body }) => database.as(database.system, async (tx) => {
    const made = await makeKey(tx, actor, body.name);
    await site.audit.recordFor(tx, actor, { event: 'open.keyMade', subject: made.id });
    return made;
  }));
  http.route(api.revokeOpenKey, ({ actor, params }) => database.as(database.system, async (tx) => {
    await endKey(tx, actor, params.id);
    await site.audit.recordFor(tx, actor, { event: 'open.keyEnded', subject: params.id });
    return {};
  }));
};

export const routes = (site: Site, http: Http): void => {
  officeRoutes(site, http);
  demandRoutes(site, http);
  openRoutes(site, http);
  keyRoutes(site, http);
};
