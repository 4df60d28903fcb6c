import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { X509Certificate } from '@peculiar/x509';
import * as api from '@zhengwu/contracts';
import type { Actor, CertificateRow, QueryOf } from '@zhengwu/contracts';
import { once, type Tx } from '@zhengwu/database';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { handOut } from './hand-out.ts';
import { Signing } from './opened.ts';
import * as requests from './requests.ts';
import type { ListedRow } from './rows.ts';
import { changeStanding, type Change } from './standing.ts';
import * as store from './store.ts';
import { viewOf } from './views.ts';

const page = async (site: Site, actor: Actor, query: QueryOf<typeof api.listCertificates>, mine: string | null) => {
  const limit = query.limit ?? 20;
  const listing = { state: query.state ?? null, q: query.q ?? '', after: query.after ?? null, mine };
  const rows = await site.database.as(actor, (tx) => store.list(tx, listing, site.clock.now(), limit + 1), { readOnly: true });
  return { items: rows.slice(0, limit).map((row) => viewOf(row, actor.personId)), next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null };
};

const own = (site: Site, http: Http): void => {
  http.route(api.myCertificates, ({ actor, query }) => page(site, actor, query, actor.personId));
  http.route(api.submitCertificateRequest, async ({ actor, body, idempotencyKey, requestHash, operation }) => {
    const row = await requests.prepare(site, actor, body);
    const kept = await site.database.as(actor, (tx) => once(tx, { operation: operation.id, key: idempotencyKey, requestHash }, async () => ({
      status: 201, answer: viewOf(await requests.submit(site, tx, row), actor.personId),
    })));
    return kept.answer as CertificateRow;
  });
  http.route(api.renewCertificate, ({ actor, params, body }) =>
    site.database.as(actor, async (tx) => viewOf(await requests.renew(site, tx, actor, params.serial, body.request), actor.personId)));
  http.route(api.handOutCertificate, ({ actor, params, body }) => site.database.as(actor, async (tx) => {
    const { name, file } = await handOut(site, tx, actor, params.id, body.password);
    const row = await store.findListed(tx, 'id', params.id, site.clock.now());
    if (!row) throw new Error('the request that was handed out is gone');
    return { row: viewOf(row, actor.personId), name, file: file.toString('base64') };
  }));
};

/** Which authority it is, so that people make keys that fit and compare the root before they trust it. */
const authority = (site: Site, http: Http): void => {
  http.route(api.certificateAuthority, async () => {
    const { issuer: { certificate, suite }, chain } = await site.use(Signing).open();
    const root = createHash('sha256').update(new Uint8Array(new X509Certificate(chain.root).rawData)).digest('hex');
    return { name: certificate.subjectName.getField('CN')[0] ?? certificate.subject, suite: suite.crypto.name, notAfter: certificate.notAfter.toISOString(), root };
  });
};

const registrars = (site: Site, http: Http): void => {
  const deciding = (actor: Actor, work: (tx: Tx) => ReturnType<typeof requests.approve>): Promise<CertificateRow> =>
    site.database.as(actor, async (tx) => viewOf(await work(tx), actor.personId));
  http.route(api.listCertificates, ({ actor, query }) => page(site, actor, query, null));
  http.route(api.approveCertificate, ({ actor, params }) => deciding(actor, (tx) => requests.approve(site, tx, actor, params.id)));
  http.route(api.refuseCertificate, ({ actor, params, body }) => deciding(actor, (tx) => requests.refuse(site, tx, actor, params.id, body.reason)));
  const changing = (actor: Actor, serial: string, change: Change): Promise<CertificateRow> => deciding(actor, async (tx) => {
    await changeStanding(site, tx, actor, serial, change);
    return (await store.findListed(tx, 'serial', serial, site.clock.now())) as ListedRow;
  });
  http.route(api.revokeCertificate, ({ actor, params, body }) => changing(actor, params.serial, { to: 'revoked', reason: body.reason, note: body.note }));
  http.route(api.suspendCertificate, ({ actor, params, body }) => changing(actor, params.serial, { to: 'held', note: body.note }));
  http.route(api.releaseCertificate, ({ actor, params, body }) => changing(actor, params.serial, { to: 'valid', note: body.note }));
};

export const routes = (site: Site, http: Http): void => {
  authority(site, http);
  own(site, http);
  registrars(site, http);
};
