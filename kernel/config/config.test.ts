import { expect, test } from 'vitest';
import { isZhengwuError, type ZhengwuError } from '@zhengwu/errors';
import { configurationAsMarkdown, readConfig } from './index.ts';

const refusal = (environment: Record<string, string>): ZhengwuError => {
  try {
    readConfig(environment);
  } catch (error) {
    if (isZhengwuError(error)) return error;
  }
  throw new Error('the configuration was accepted');
};

test('an empty environment gives the demo on ports 8080, 8081 and, for client certificates, 8443', () => {
  const config = readConfig({});
  expect(config).toMatchObject({ demo: true, host: '127.0.0.1', ports: { portal: 8080, site: 8081, tls: 8443 }, dataFolder: './data' });
  expect(config.origins).toEqual({ portal: 'http://127.0.0.1:8080', site: 'http://127.0.0.1:8081', tls: 'https://127.0.0.1:8443', pki: 'http://127.0.0.1:8081' });
  expect(config.database.url).toBeUndefined();
});

test('values are typed, trimmed and frozen; empty means the default', () => {
  const config = readConfig({ ZHENGWU_PORT_SITE: ' 9001 ', ZHENGWU_PORT_PORTAL: '', ZHENGWU_DEMO: 'ON', ZHENGWU_TRUSTED_PROXIES: '10.0.0.1, 10.0.0.2', ZHENGWU_ORIGIN_SITE: 'https://gov.example/' });
  expect(config.ports).toMatchObject({ portal: 8080, site: 9001, tls: 8443, ldap: 0 });
  expect(config.trustedProxies).toEqual(['10.0.0.1', '10.0.0.2']);
  expect(config.origins.site).toBe('https://gov.example');
  expect(() => Object.assign(config.ports, { site: 1 })).toThrow(TypeError);
});

test('every problem is reported at once, by name, in both languages, without the secret', () => {
  const error = refusal({ ZHENGWU_PORT_SITE: '80x', ZHENGWU_DEMO: 'off', DATABASE_URL: 'mysql://u:hunter2@h/d', ZHENGWU_ORIGIN_PORTAL: 'gov.example/a', ZHENGWU_FILES_S3_ENDPOINT: 'https://s3', ZHENGWU_LOG_LEVEL: 'loud', ZHENGWU_PORTAL_SECRET: 'hunter2' });
  expect(error.code).toBe('config.invalid');
  expect(new Set(error.issues?.map((i) => i.path))).toEqual(
    new Set(['ZHENGWU_PORT_SITE', 'ZHENGWU_ORIGIN_PORTAL', 'DATABASE_URL', 'ZHENGWU_PORTAL_SECRET', 'ZHENGWU_LOG_LEVEL', 'ZHENGWU_FILES_S3_BUCKET', 'ZHENGWU_FILES_S3_ACCESS_KEY', 'ZHENGWU_FILES_S3_SECRET_KEY', 'ZHENGWU_KEY_PASSPHRASE']),
  );
  expect(error.message).toMatch(/ZHENGWU_PORT_SITE: must be a whole number from 0 to 65535 \/ 应为/);
  expect(error.message).not.toContain('hunter2');
});

test('a list of addresses is taken one by one: another scheme or a password in any of them is refused', () => {
  expect(readConfig({ ZHENGWU_NATS: 'tls://a:4222, nats://127.0.0.1' }).nats.servers).toEqual(['tls://a:4222', 'nats://127.0.0.1']);
  expect(refusal({ ZHENGWU_NATS: 'tls://a,http://b' }).message).toContain('nats://');
  const withPassword = refusal({ ZHENGWU_NATS: 'tls://a,tls://u:hunter2@b' });
  expect(withPassword.message).toContain('ZHENGWU_NATS');
  expect(withPassword.message).not.toContain('hunter2');
});

test('one port for portal and site is refused', () => {
  expect(refusal({ ZHENGWU_PORT_SITE: '8080' }).issues?.map((i) => i.code)).toEqual(['config.conflict']);
});

test('a variable that means nothing is named, as it is likely a typing mistake', () => {
  expect(readConfig({ ZHENGWU_PROT_SITE: '1', ZHENGWU_TEST: 'full', PATH: '/' }).unknown).toEqual(['ZHENGWU_PROT_SITE']);
});

test('docs/configuration.md says what the code says', async () => {
  await expect(configurationAsMarkdown()).toMatchFileSnapshot('../../docs/configuration.md');
});

test('client certificates have a listener in the demo, and elsewhere when its port is chosen', () => {
  const real = { ZHENGWU_DEMO: 'off', ZHENGWU_PORTAL_SECRET: 'x'.repeat(32), ZHENGWU_KEY_PASSPHRASE: 'x'.repeat(16) };
  expect(readConfig(real).ports.tls).toBe(0);
  expect(readConfig({ ...real, ZHENGWU_PORT_TLS: '9443', ZHENGWU_HOST: '0.0.0.0' }).origins.tls).toBe('https://localhost:9443');
  expect(readConfig({ ZHENGWU_PORT_TLS: '0' }).ports.tls).toBe(0);
  expect(refusal({ ZHENGWU_PORT_TLS: 'tls' }).message).toContain('ZHENGWU_PORT_TLS');
});
