import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTestDatabase, dumpSchema } from '@zhengwu/database';
import { schemasOf } from '@zhengwu/module';
import { siteModules } from './modules.ts';

test('apps/site/schema.txt is the schema that the migrations make; node tools/run.js tools/schema.ts writes it anew', async () => {
  const schemas = schemasOf(siteModules());
  const database = await createTestDatabase({ modules: schemas });
  try {
    expect(await dumpSchema(database.config, schemas)).toBe(await readFile(join(import.meta.dirname, 'schema.txt'), 'utf8'));
  } finally {
    await database.drop();
  }
});
