import { camel, schemaOf, type Names } from './names.ts';

const manifest = ({ module }: Names): string =>
  `${JSON.stringify({
    name: `@zhengwu/${module}`, version: '0.1.0', private: true, license: 'Apache-2.0', type: 'module', exports: { '.': './index.ts' },
    dependencies: Object.fromEntries(['contracts', 'database', 'errors', 'http', 'ids', 'module'].map((name) => [`@zhengwu/${name}`, '0.1.0'])),
  }, null, 2)}\n`;

const contract = ({ module, noun, Noun }: Names): string => `import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { Id, Instant, Line } from '../scalars.ts';

export const ${Noun} = Type.Object({ id: Id, department: Type.Integer(), title: Line, at: Instant });
export type ${Noun} = Static<typeof ${Noun}>;

export const list${Noun}s = operation({
  id: '${noun}.list', method: 'GET', path: '/api/${module}', summary: 'In my departments, newest first', response: Type.Object({ items: Type.Array(${Noun}) }),
});
export const add${Noun} = operation({
  id: '${noun}.add', method: 'POST', path: '/api/${module}', summary: 'Add one', status: 201, idempotent: true,
  body: Type.Object({ department: Type.Integer({ minimum: 1 }), title: Line }, { additionalProperties: false }), response: Type.Object({ id: Id }),
});
`;

const index = ({ module }: Names): string => `export { ${camel(module)}Module } from './module.ts';\n`;

const moduleFile = (names: Names): string => `import { defineModule } from '@zhengwu/module';
import { migration as first } from './migrations/0001-${names.noun}.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';

export const ${camel(names.module)}Module = defineModule({ name: '${schemaOf(names)}', requires: ['audit'], migrations: [first], policy, routes });
`;

const policy = ({ noun }: Names): string => `import { definePolicy } from '@zhengwu/module';

export const policy = definePolicy({
  '${noun}.list': { who: 'official', permission: '${noun}.list', audit: null },
  '${noun}.add': { who: 'official', permission: '${noun}.add', audit: '${noun}.added' },
});
`;

const domain = ({ noun, Noun }: Names): string => `import type { Actor } from '@zhengwu/contracts';
import { fail } from './errors.ts';

export interface New${Noun} {
  department: number;
  title: string;
}

/** Checks that the actor may add to this department; throws \`${noun}.out-of-reach\`. */
export const check${Noun} = (actor: Pick<Actor, 'scope' | 'departments'>, { department }: New${Noun}): void => {
  const isInReach = actor.scope === 'all' || actor.departments.includes(department);
  if (!isInReach) throw fail('${noun}.out-of-reach', { department });
};
`;

const errors = ({ noun }: Names): string => `import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  '${noun}.out-of-reach': {
    status: 403,
    zh: '您的岗位不包括部门 {department}。没有作任何改动。请在您的部门内办理，或请该部门办理。',
    en: 'Your posts do not reach department {department}. Nothing was changed. Work within your departments, or ask that department.',
  },
});
`;

const store = (names: Names): string => {
  const { noun, Noun } = names;
  const table = `${schemaOf(names)}.${noun.replaceAll('-', '_')}`;
  return `import type { ${Noun} } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { New${Noun} } from './${noun}.ts';

/** Those in the actor's scope, newest first, at most 100. */
export const read${Noun}s = async (tx: Tx): Promise<${Noun}[]> => {
  const { rows } = await tx.named<Omit<${Noun}, 'at'> & { at: Date }>('${noun}.list', 'select id, department, title, at from ${table} order by id desc limit 100');
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
};

export const insert${Noun} = async (tx: Tx, id: string, { department, title }: New${Noun}): Promise<void> => {
  await tx.named('${noun}.insert', 'insert into ${table} (id, department, title) values ($1, $2, $3)', [id, department, title]);
};
`;
};

const routes = ({ noun, Noun }: Names): string => `import { add${Noun}, list${Noun}s } from '@zhengwu/contracts';
import { once } from '@zhengwu/database';
import type { Http } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { check${Noun} } from './${noun}.ts';
import { insert${Noun}, read${Noun}s } from './store.ts';

export const routes = ({ database, audit }: Site, http: Http): void => {
  http.route(list${Noun}s, ({ actor }) => database.as(actor, async (tx) => ({ items: await read${Noun}s(tx) })));

  http.route(add${Noun}, ({ actor, body, idempotencyKey, requestHash }) => {
    check${Noun}(actor, body);
    return database.as(actor, async (tx) => {
      const { answer } = await once(tx, { operation: add${Noun}.id, key: idempotencyKey, requestHash }, async () => {
        const id = uuidv7();
        await insert${Noun}(tx, id, body);
        await audit.record(tx, { event: '${noun}.added', subject: id });
        return { status: 201, answer: { id } };
      });
      return answer as { id: string };
    });
  });
};
`;

const migration = (names: Names): string => {
  const { noun } = names;
  const short = noun.replaceAll('-', '_');
  const table = `${schemaOf(names)}.${short}`;
  return `export const migration = {
  id: '0001-${noun}',
  sql: \`
create table ${table} (
  id uuid primary key,
  department int not null,
  title text not null,
  at timestamptz not null default now()
);
create index ${short}_department on ${table} (department, id);
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy reach on ${table} using ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[]));
\`,
};
`;
};

const test = (names: Names): string => {
  const { module, noun, Noun } = names;
  return `import { createTestSite, type TestSite } from '@zhengwu/module';
import { uuidv7 } from '@zhengwu/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ${camel(module)}Module } from './module.ts';
import { check${Noun} } from './${noun}.ts';
import { insert${Noun}, read${Noun}s } from './store.ts';

const official = (...departments: number[]) => ({ kind: 'official', scope: 'departments', departments, subjects: [], clearance: 1 }) as const;
let site: TestSite;
beforeAll(async () => {
  site = await createTestSite({ modules: [${camel(module)}Module] });
});
afterAll(() => site.drop());

test('${noun} list, official, shows the departments in scope only', async () => {
  for (const department of [1, 2]) await site.database.as(official(department), (tx) => insert${Noun}(tx, uuidv7(), { department, title: '甲' }));
  const seen = await site.database.as(official(2), read${Noun}s);
  expect(seen.map(({ department }) => department)).toEqual([2]);
});

test('${noun} add, official, into a department out of reach is refused', async () => {
  expect(() => check${Noun}(official(1), { department: 2, title: '乙' })).toThrowError(expect.objectContaining({ code: '${noun}.out-of-reach' }));
  await expect(site.database.as(official(1), (tx) => insert${Noun}(tx, uuidv7(), { department: 2, title: '乙' }))).rejects.toMatchObject({ code: '42501' });
});
`;
};

const readme = ({ module, noun }: Names): string => `# @zhengwu/${module}

Keeps one ${noun} per row, within the departments of the officials who work on it. Say here in one paragraph what the module promises, to whom, and which
law or standard it follows.
`;

/** Every file of a new module, by its path from the root. */
export const filesOf = (names: Names): Map<string, string> => {
  const folder = `pillars/${names.pillar}/${names.module}`;
  return new Map([
    [`contracts/api/${names.module}.ts`, contract(names)],
    [`${folder}/package.json`, manifest(names)],
    [`${folder}/index.ts`, index(names)],
    [`${folder}/module.ts`, moduleFile(names)],
    [`${folder}/policy.ts`, policy(names)],
    [`${folder}/${names.noun}.ts`, domain(names)],
    [`${folder}/errors.ts`, errors(names)],
    [`${folder}/store.ts`, store(names)],
    [`${folder}/routes.ts`, routes(names)],
    [`${folder}/migrations/0001-${names.noun}.ts`, migration(names)],
    [`${folder}/${names.module}.test.ts`, test(names)],
    [`${folder}/README.md`, readme(names)],
  ]);
};
