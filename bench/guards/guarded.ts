import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Type } from 'typebox';
import { systemClock } from '@zhengwu/clock';
import { readConfig } from '@zhengwu/config';
import { operation } from '@zhengwu/contracts';
import { startDatabase } from '@zhengwu/database';
import { demoPassword, makeCity } from '@zhengwu/demo';
import { directoryModule, loadOrganisation, Directory } from '@zhengwu/directory';
import { createFiles, openLocalStore } from '@zhengwu/files';
import { createHttp } from '@zhengwu/http';
import { Identity, identityModule, loadAccounts } from '@zhengwu/identity';
import { maskCitizenNumber, maskName, maskPhone } from '@zhengwu/ids';
import { createLog } from '@zhengwu/log';
import { accessAudit, assemble, defineModule, definePolicy, schemasOf } from '@zhengwu/module';
import { urlOf } from '../ground.ts';

/** One row about a person, read with more and more of what guards it. A process of its own: the load comes from another. */
const ROWS = 10_000;
const Row = Type.Object({ id: Type.Integer(), name: Type.String(), number: Type.String(), phone: Type.String() });
type Row = { id: number; name: string; number: string; phone: string };
const params = Type.Object({ id: Type.Integer({ minimum: 1 }) });
const reading = (id: string) => operation({ id: `guards.${id}`, method: 'GET', path: `/api/guards/${id}/:id`, summary: 'Read one row', params, response: Row });
const [bare, authorised, masked, audited] = (['bare', 'authorised', 'masked', 'audited'] as const).map(reading) as [ReturnType<typeof reading>, ReturnType<typeof reading>, ReturnType<typeof reading>, ReturnType<typeof reading>];

const migration = {
  id: '0001-guards',
  sql: `
create table guards.record (id int primary key, department int not null, name text not null, number text not null, phone text not null);
alter table guards.record enable row level security;
alter table guards.record force row level security;
create policy owner on guards.record to $owner using (true) with check (true);
create policy officials on guards.record for select to $app using ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[]));
grant select on guards.record to $app;
create function guards.one(actor jsonb, wanted int) returns setof guards.record language plpgsql as $$
begin
  perform kernel.enter(actor);
  return query select * from guards.record r where r.id = wanted;
end $$;
create function guards.bare(actor jsonb, wanted int) returns setof guards.record language plpgsql security definer set search_path = '' as $$
begin
  return query select * from guards.record r where r.id = wanted;
end $$;`,
};

const policy = definePolicy({
  'guards.bare': { who: 'public', audit: null },
  'guards.authorised': { who: 'official', permission: 'case.read', audit: null },
  'guards.masked': { who: 'official', permission: 'case.read', audit: null },
  'guards.audited': { who: 'official', permission: 'case.read', audit: 'guards.read', personal: true },
});

const found = (rows: readonly Row[]): Row => {
  const [{ id, name, number, phone }] = rows as [Row];
  return { id, name, number, phone };
};
const withMask = ({ id, name, number, phone }: Row): Row => ({ id, name: maskName(name), number: maskCitizenNumber(number), phone: maskPhone(phone) });

const guards = defineModule({
  name: 'guards', requires: ['directory', 'identity', 'audit'], migrations: [migration], policy,
  routes: ({ database }, http) => {
    const asked = async (call: { actor: Parameters<typeof database.ask>[0]; params: { id: number } }): Promise<Row> =>
      found((await database.ask<Row>(call.actor, 'guards.one', 'select * from guards.one($1::jsonb, $2)', [call.params.id])).rows);
    http.route(bare, async ({ params: { id } }) => found((await database.ask<Row>(database.system, 'guards.bare', 'select * from guards.bare($1::jsonb, $2)', [id])).rows));
    http.route(authorised, asked);
    http.route(masked, async (call) => withMask(await asked(call)));
    http.route(audited, async (call) => withMask(await asked(call)));
  },
});

const folder = await mkdtemp(join(tmpdir(), 'zhengwu-guards-'));
const config = readConfig({ ZHENGWU_DATA: folder, ZHENGWU_PORTAL_SECRET: 'the-secret-of-the-benchmarks-portal-0000', ZHENGWU_KEY_PASSPHRASE: 'the-passphrase-of-the-benchmarks' });
const database = process.env['GUARDS_DATABASE'] as string;
const modules = [directoryModule, identityModule, guards];
const running = await startDatabase({ dataFolder: database }, schemasOf(modules));
const log = createLog({ level: 'warn', name: 'guards' });
const files = await createFiles({ store: await openLocalStore(join(folder, 'store')), folder, maxBytes: 1_000_000 });
const assembled = await assemble(modules, { config, log, clock: systemClock, database: running.database, files });
const { site } = assembled;
const city = makeCity({ today: '2026-11-22', size: { residents: 60, companies: 5, cases: 0, buildings: 10 } });
await site.database.as(site.database.system, async (tx) => {
  await loadOrganisation(tx, city.organisation);
  await loadAccounts(tx, city.accounts, demoPassword);
});
const plain = new pg.Pool({ max: 1, connectionString: urlOf(running.database.config, running.database.config.owner) });
await plain.query(`insert into guards.record select i, (select department from directory.post where code like '%GA-HZ%' limit 1), '王小明', '990101199001010' || lpad((i % 1000)::text, 3, '0'), '1380000' || lpad((i % 10000)::text, 4, '0') from generate_series(1, ${ROWS}) i`);
await plain.end();
await site.use(Directory).refresh();
const http = createHttp({ log, origin: config.origins.site, policies: assembled.policy, authenticator: site.use(Identity).authenticator, audit: accessAudit(site.audit, log) });
assembled.routes(http);
await assembled.start();
const { port } = await http.listen({ host: '127.0.0.1', port: 0 });
process.send?.({ port });
process.on('SIGTERM', () => void (async () => {
  await http.close(1);
  await assembled.stop();
  await running.stop();
  await rm(folder, { recursive: true, force: true });
  process.exit(0);
})());
