// The bare way: one prepared query over a bare Fastify. Arguments by the environment: PORT, DATABASE_URL.
import fastify from 'fastify';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10, options: '-c zhengwu.who=system||all|{}|{}|4' });
const text = `select id, number, service, service_zh, service_en, applicant_name, state, department, submitted_at, closed_at, promised_due, card, channel
  from cases.case where department = $1 order by submitted_at desc, id desc limit 20`;
const app = fastify();
app.get('/list', async () => ({ items: (await pool.query({ name: 'list', text, values: [70] })).rows }));
app.get('/json', () => ({ hello: 'world', at: '2026-11-22T00:00:00Z', items: [1, 2, 3] }));
await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
