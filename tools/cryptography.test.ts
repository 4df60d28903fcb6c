import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const ALGORITHMS = /from '(?:node:(?:crypto|tls|https)|@node-rs\/argon2|jose|@peculiar\/[\w-]+|pkijs|sm-crypto-v2|otplib|@simplewebauthn\/server|oidc-provider|openid-client|net-snmp)'/;
const TESTS = /\.(test|full|fixture|e2e|bench)\.tsx?$|\/(test|testing)\//;

// OWASP ASVS 5.0 V11.1.2, V11.1.3: an inventory of cryptography, and a way to find what it does not name.
test('docs/security/keys.md lists every package that uses cryptography, and no other', () => {
  const folders = globSync('{kernel/*,pillars/*/*,packs/*,apps/*,pack,contracts,demo}/package.json', { cwd: root }).map(dirname);
  const using = folders.filter((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root, exclude: (name) => name === 'node_modules' })
    .some((file) => !TESTS.test(file) && ALGORITHMS.test(readFileSync(join(root, file), 'utf8'))));
  const paper = readFileSync(join(root, 'docs/security/keys.md'), 'utf8');
  const part = paper.slice(paper.indexOf('## Every use of cryptography'), paper.indexOf('## A policy for keys'));
  const listed = [...part.matchAll(/^\| `([\w/-]+)` \| (?!\|)/gm)].map(([, folder]) => folder);
  expect(listed).toEqual(using.toSorted());
});
