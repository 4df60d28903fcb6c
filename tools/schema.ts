// Writes the schema of all the site's modules as text, for review: node tools/run.js tools/schema.ts
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dumpSchema, emptyTestDatabase, migrate } from '@zhengwu/database';
import { schemasOf, type Module } from '@zhengwu/module';

const root = join(import.meta.dirname, '..');

// apps/site/modules.ts lists the modules; schemasOf adds the kernel's own schemas.
const { modules } = (await import(pathToFileURL(join(root, 'apps/site/modules.ts')).href)) as { modules: readonly Module[] };

const { connection, drop } = await emptyTestDatabase();
try {
  await migrate(connection, schemasOf(modules));
  await writeFile(join(root, 'apps/site/schema.txt'), await dumpSchema(connection, schemasOf(modules)));
  process.stdout.write('apps/site/schema.txt is written: review it with the change that made it.\n');
} finally {
  await drop();
}
process.exit();
