import { labelLevel } from '@zhengwu/contracts';
import { dayOf, isDay } from '@zhengwu/clock';
import type { Provided, ProvidedAnswer } from '@zhengwu/exchange';
import type { Site } from '@zhengwu/module';
import { maskRecord, Registers, type Held } from '@zhengwu/registers';
import type { Register } from '@zhengwu/pack';
import { Topics, topicOf } from '@zhengwu/topics';

/** The service by which granted registers are read. */
export const REGISTERS = 'registers';

const problem = (status: number, title: string): ProvidedAnswer => ({ status, headers: [['Content-Type', 'application/problem+json']], body: JSON.stringify({ title, status }) });
const answer = { type: 'object', required: ['register', 'key', 'day', 'validFrom', 'data'], properties: { register: { type: 'string' }, key: { type: 'string' }, day: { type: 'string', format: 'date' }, validFrom: { type: 'string', format: 'date' }, data: { type: 'object' } } };
const text = (name: string, where: 'path' | 'query') => ({ name, in: where, required: where === 'path', schema: { type: 'string', maxLength: 100 } });
const openapi = {
  openapi: '3.1.0',
  info: { title: '基础库记录 · Records of registers', version: '1', description: 'One record of a register that the catalogue has granted, as it holds on a day. Fields above the grant are masked, never left out.' },
  paths: {
    '/{register}/{key}': {
      get: {
        summary: 'The record of a key', parameters: [text('register', 'path'), text('key', 'path'), text('day', 'query')],
        responses: { 200: { description: 'The record', content: { 'application/json': { schema: answer } } }, 403: { description: 'Not granted' }, 404: { description: 'No such register or record' } },
      },
    },
  },
};

interface Asked {
  register: Register;
  key: string;
  day: string;
}

const askedOf = (site: Site, path: string, query: URLSearchParams): Asked | ProvidedAnswer => {
  const [, code = '', key = '', ...more] = path.split('/').map((segment) => decodeURIComponent(segment));
  const register = site.use(Registers).definition(code);
  const day = query.get('day') ?? dayOf(site.clock.now());
  if (!isDay(day)) return problem(422, 'day is no calendar day');
  // What carries a label above internal does not leave by this service, whoever asks.
  if (!register || key === '' || key.length > 100 || more.length > 0 || labelLevel(register.label ?? 'internal') > labelLevel('internal')) return problem(404, 'No such register or record');
  return { register, key, day };
};

/** Fields about persons need a grant that says so; others see them masked. */
const shown = (register: Register, data: Record<string, unknown>, personal: boolean): Record<string, unknown> => {
  const masked = maskRecord(register, data, { own: false, official: true, departments: [] });
  return Object.fromEntries(register.fields.map(({ key, class: level }) => [key, personal && (level === 'personal' || level === 'sensitive') ? (data[key] ?? null) : (masked[key] ?? null)]));
};

const record = (site: Site, client: string, id: string, { register }: Asked, held: Held | null): Promise<unknown> => site.database.as(site.database.system, (tx) => site.audit.record(tx, {
  event: 'register.exchanged', subject: held?.subject ?? '-', detail: { register: register.code, client, message: id, found: held !== null },
}));

/** Answers what the catalogue has granted: the right of the exchange lets the call in, the grant says what of the record is shown. Each is entered in the trail of whom it is about. */
export const registersService = (site: Site): Provided => ({
  openapi,
  handle: async ({ client, method, path, query, id }) => {
    if (method !== 'GET') return problem(405, 'There is GET and nothing else');
    const asked = askedOf(site, path, query);
    if ('status' in asked) return asked;
    const grant = await site.use(Topics).granted(topicOf(asked.register.code), client);
    if (!grant) return problem(403, 'This register is not granted to you; ask for it in the catalogue');
    const [held = null] = await site.use(Registers).lookUp([{ register: asked.register.code, key: asked.key }], asked.day);
    await record(site, client, id, asked, held);
    if (!held) return problem(404, 'No such register or record');
    const { key, day, register } = asked;
    return { status: 200, headers: [['Content-Type', 'application/json']], body: JSON.stringify({ register: register.code, key, day, validFrom: held.validFrom, data: shown(register, held.data, grant.personal) }) };
  },
});
