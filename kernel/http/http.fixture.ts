import { Type } from 'typebox';
import { operation, type Actor } from '@zhengwu/contracts';
import { createLog } from '@zhengwu/log';
import { createHttp, standIn, type Authenticator, type HttpOptions, type HttpServer, type PolicyTable } from './index.ts';

export const official = (permissions: Actor['permissions'] = {}): Actor => ({
  ...standIn({ id: 'fixture', ip: '127.0.0.1' }),
  kind: 'official',
  accountId: 'a1',
  personId: 'p1',
  name: '李建国',
  sessionId: 's1',
  permissions,
});
export const citizen: Actor = { ...official(), kind: 'citizen', name: '王小云', subjects: ['p1'] };

/** Signs in by plain words: cookie `zw_console=official`, header `x-zhengwu-citizen: citizen`, portal header `portal`. */
export const authenticator = (grants: Actor['permissions'] = {}): Authenticator => ({
  authenticate: ({ headers }) =>
    headers.cookie === 'zw_console=official' ? official(grants) : headers['x-zhengwu-citizen'] === 'citizen' && headers['x-zhengwu-portal'] === 'portal' ? citizen : undefined,
  isPortal: ({ headers }) => headers['x-zhengwu-portal'] === 'portal',
  verifyCsrf: (token) => token === 'good',
});

export const lines = (): { log: ReturnType<typeof createLog>; text: () => string } => {
  const parts: string[] = [];
  return { log: createLog({ level: 'info', destination: { write: (line: string) => parts.push(line) } }), text: () => parts.join('') };
};

export const open = (policies: PolicyTable, options: Partial<HttpOptions> = {}): HttpServer =>
  createHttp({ log: lines().log, origin: 'http://site.test', policies, authenticator: authenticator(), metrics: { process: false }, checkAnswers: true, ...options });

const Person = Type.Object({ name: Type.String({ minLength: 1, maxLength: 20 }), phone: Type.Optional(Type.String({ pattern: '^1[3-9]\\d{9}$' })) });

export const submit = operation({
  id: 'sample.submit',
  method: 'POST',
  path: '/api/samples/:kind',
  summary: 'Submit a sample',
  params: Type.Object({ kind: Type.Enum(['a', 'b']) }),
  query: Type.Object({ count: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })), flag: Type.Optional(Type.Boolean()), tags: Type.Optional(Type.Array(Type.String())) }),
  body: Type.Object({ applicant: Person, fee: Type.Integer({ minimum: 0 }), day: Type.String({ format: 'date' }), note: Type.Union([Type.String({ maxLength: 5 }), Type.Null()]) }),
  response: Type.Object({ ok: Type.Boolean(), seen: Type.Unknown() }),
});

export const body = { applicant: { name: '王小云' }, fee: 2000, day: '2026-11-22', note: null };

export const read = operation({ id: 'sample.read', method: 'GET', path: '/api/samples', summary: 'Read', response: Type.Object({ text: Type.String() }) });
