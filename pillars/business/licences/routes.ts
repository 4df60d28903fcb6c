import * as api from '@zhengwu/contracts';
import type { Actor, LicenceView } from '@zhengwu/contracts';
import { fileAnswer, type FileAnswer, type Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import { Licences } from './licences.ts';
import { verifyPath } from './printing.ts';
import * as store from './store.ts';
import type { ReadRow } from './store.ts';

const view = (row: ReadRow): LicenceView => ({
  id: row.id, type: row.type, name: { zh: row.name_zh, en: row.name_en }, holder: row.holder_name, issuer: { zh: row.issuer_zh, en: row.issuer_en },
  issuedOn: row.issued_on, validUntil: row.valid_until, status: row.status, version: row.version, caseId: row.case_id,
  fields: row.fields.map(({ key, label, value }) => ({ key, label, value })),
});

export const routes = (site: Site, http: Http): void => {
  const { database } = site;
  const licences = site.use(Licences);
  const seen = async (actor: Actor, id: string): Promise<ReadRow> => {
    const row = await database.as(actor, (tx) => store.byId(tx, id));
    if (!row) throw fail('licence.unknown');
    return row;
  };
  const printed = async (actor: Actor, id: string): Promise<FileAnswer> => {
    const row = await seen(actor, id);
    const body = await licences.pdf(row);
    return fileAnswer({ body, type: 'application/pdf', name: `${row.name_zh}-${row.serial}.pdf`, size: body.length, inline: true });
  };
  http.route(api.myLicences, async ({ actor }) => ({ items: (await database.as(actor, (tx) => store.ofHolders(tx, actor.subjects))).map(view) }));
  http.route(api.myLicence, async ({ actor, params }) => {
    const row = await seen(actor, params.id);
    return { ...view(row), jws: row.jws, verifyPath: verifyPath(row) };
  });
  http.route(api.licencePdf, ({ actor, params }) => printed(actor, params.id));
  http.route(api.officialLicencePdf, ({ actor, params }) => printed(actor, params.id));
  http.route(api.verifyLicence, ({ params, query }) => licences.verify(params.id, query.c));
  http.route(api.verifyJws, ({ body }) => licences.verifySigned(body.jws));
  http.route(api.licenceKeys, () => licences.keys());
  http.route(api.revokeLicence, async ({ actor, params, body }) => {
    await database.as(actor, async (tx) => {
      await licences.revoke(tx, params.id, body.reason, actor.personId);
      await site.audit.record(tx, { event: 'licence.revoked', subject: params.id, detail: { reason: body.reason } });
    });
    return { status: 'revoked' };
  });
};
