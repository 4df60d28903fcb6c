import { Readable } from 'node:stream';
import { importRefusals, listImportRegisters, listImports, readImport, startImport, uploadImport } from '@zhengwu/contracts';
import { fileAnswer, type Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import { fail } from './errors.ts';
import { fieldsOf, fillable, messageOf, receive, start, viewOf } from './importing.ts';
import { reportOf } from './report.ts';
import * as store from './store.ts';

const SHOWN = 50;

export const routes = (site: Site, http: Http): void => {
  const { database } = site;
  http.route(listImportRegisters, ({ actor }) => ({ items: fillable(site, actor).map((register) => ({ register: register.code, name: register.name, fields: fieldsOf(register) })) }));
  http.route(uploadImport, ({ actor, query, stream }) => receive(site, actor, query, stream));
  http.route(startImport, ({ actor, params, body }) => start(site, actor, params.id, body));
  http.route(listImports, ({ actor, query: { register, after, limit = 20 } }) => database.as(actor, async (tx) => {
    const rows = await store.listImports(tx, register ?? null, after ?? null, limit + 1);
    return { items: rows.slice(0, limit).map((row) => viewOf(site, row)), next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null };
  }, { readOnly: true }));
  http.route(readImport, ({ actor, params }) => database.as(actor, async (tx) => {
    const row = await store.importById(tx, params.id);
    if (!row) throw fail('import.unknown');
    const register = site.use(Registers).definition(row.register);
    const refusals = await store.refusals(tx, row.id, 0, SHOWN);
    return {
      import: viewOf(site, row), fields: register ? fieldsOf(register) : [],
      refusals: refusals.map((one) => ({ row: one.row, field: one.field === null ? null : (register?.fields.find(({ key }) => key === one.field)?.label ?? { zh: one.field, en: one.field }), code: one.code, message: messageOf(one.code, one.params) })),
    };
  }, { readOnly: true }));
  http.route(importRefusals, async ({ actor, params }) => {
    const row = await database.as(actor, (tx) => store.importById(tx, params.id), { readOnly: true });
    if (!row) throw fail('import.unknown');
    await site.audit.read(actor, { event: 'import.refusalsTaken', subject: row.id });
    return fileAnswer({ body: Readable.from(reportOf(site, actor, row.id)), type: 'text/csv; charset=utf-8', name: `import-${row.id}-refused.csv` });
  });
};
