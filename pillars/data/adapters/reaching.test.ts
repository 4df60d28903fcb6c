import { readConfig } from '@zhengwu/config';
import { expect, test } from 'vitest';
import { openConnections } from './connections.ts';

const check = (demo: 'on' | 'off', address: string): string => {
  try {
    openConnections({ config: { ...readConfig({}), demo: demo === 'on' } }).check({ kind: 'http', address, header: 'authorization' });
    return 'called';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test('this machine is called in a demonstration only, everybody else by TLS (OWASP ASVS 5.0 V12.3.1)', () => {
  expect(['http://127.0.0.1:8080', 'http://localhost', 'http://[::1]:9', 'https://a.example', 'http://a.example', 'http://127.0.0.1.a.example'].map((address) => check('on', address))).toEqual(['called', 'called', 'called', 'called', 'adapter.in-clear', 'adapter.in-clear']);
  expect(['http://127.0.0.1:8080', 'https://localhost', 'https://[::1]', 'https://a.example'].map((address) => check('off', address))).toEqual(['adapter.in-clear', 'adapter.in-clear', 'adapter.in-clear', 'called']);
});
