// Makes a new module in the house shape: node tools/new-module.ts <pillar>/<name>
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesOf } from './new-module/files.ts';
import { namesOf } from './new-module/names.ts';

const root = process.env['ZHENGWU_ROOT'] ?? join(import.meta.dirname, '..');
const giveUp = (line: string): never => {
  process.stderr.write(`${line}\n`);
  process.exit(1);
};

const edit = (file: string, change: (text: string) => string): void => {
  writeFileSync(join(root, file), change(readFileSync(join(root, file), 'utf8')));
};

const names = namesOf(process.argv[2] ?? '') ?? giveUp('name it as <pillar>/<name>, for instance: node tools/new-module.ts business/permits (pillars: network, data, security, business, information)');
const files = filesOf(names);
const existing = [...files.keys()].find((file) => existsSync(join(root, file)));
if (existing !== undefined) giveUp(`${existing} exists already: choose another name`);

for (const [file, text] of files) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
edit('contracts/index.ts', (text) => `${text}export * from './api/${names.module}.ts';\n`);
// data and security must not import it; the rule lists business modules by name.
if (names.pillar === 'business') edit('.oxlintrc.json', (text) => text.replace('"^@zhengwu/(processes|', `"^@zhengwu/(${names.module}|processes|`));

process.stdout.write([
  ...[...files.keys()].map((file) => `  ${file}`),
  'Next: npm install, add the module to apps/site, run its test, and write its README.', '',
].join('\n'));
