import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
/** Whatever opens a connection to somebody: fetch, requests, sockets, and the packages that do so. */
const CALLS = /(?<![.\w])fetch\((?!\))|\bcallListed\(|\bhttps?\.(?:get|request)\(|import \{[^}]*\bconnect\b[^}]*\} from 'node:(?:net|tls)'|\bcreateConnection\(|\bcreateSocket\(|\bnew (?:pg\.)?(?:Pool|Client|S3Client)\(|\bcreateTransport\(|\bOTLPTraceExporter\(|\bcreateV3Session\(|\bnew WebSocket\(|\bnew EventSource\(|from 'undici'|from '@nats-io\/transport-node'/;
const TESTS = /\.(test|full|fixture|e2e|bench)\.tsx?$|\/(test|testing)\//;
const strip = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

// OWASP ASVS 5.0 V13.2.4, V13.2.5: whom the servers call is a list, and nothing else in the sources calls anybody.
test('docs/ports.md lists every file of the servers that calls another machine, and no other', () => {
  const calling = globSync('{kernel,pillars,apps/site,apps/portal,packs,pack,demo}/**/*.{ts,tsx}', { cwd: root, exclude: (name) => name === 'node_modules' })
    .filter((file) => !TESTS.test(file) && CALLS.test(strip(readFileSync(join(root, file), 'utf8'))));
  const paper = readFileSync(join(root, 'docs/ports.md'), 'utf8');
  const listed = [...paper.slice(paper.indexOf('## Whom the servers call')).matchAll(/^\| `([\w./-]+\.tsx?)` \| (?!\|)/gm)].map(([, file]) => file);
  expect(calling.toSorted()).toEqual(listed.toSorted());
});
