import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const real = { ZHENGWU_DEMO: 'off', ZHENGWU_PORTAL_SECRET: 'x'.repeat(32), ZHENGWU_KEY_PASSPHRASE: 'x'.repeat(16) };
const refusal = (given: Record<string, string>): string => {
  try {
    readConfig({ ...real, ...given });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};
const s3 = { ZHENGWU_FILES_S3_BUCKET: 'b', ZHENGWU_FILES_S3_ACCESS_KEY: 'k', ZHENGWU_FILES_S3_SECRET_KEY: 's' };

test.each<[string, string, Record<string, string>, Record<string, string>]>([
  ['site', 'ZHENGWU_SITE_URL', { ZHENGWU_SITE_URL: 'http://10.0.0.2:8081' }, { ZHENGWU_SITE_URL: 'https://10.0.0.2:8081' }],
  ['database', 'ZHENGWU_DATABASE_CA_FILE', { DATABASE_URL: 'postgres://u@db.example/z' }, { DATABASE_URL: 'postgres://u@db.example/z', ZHENGWU_DATABASE_CA_FILE: '/ca.pem' }],
  ['files', 'ZHENGWU_FILES_S3_ENDPOINT', { ...s3, ZHENGWU_FILES_S3_ENDPOINT: 'http://store.example' }, { ...s3, ZHENGWU_FILES_S3_ENDPOINT: 'https://store.example' }],
  ['clamd', 'ZHENGWU_CLAMD', { ZHENGWU_CLAMD: 'scan.example:3310' }, { ZHENGWU_CLAMD: '/run/clamd.sock' }],
  ['traces', 'ZHENGWU_OTLP_URL', { ZHENGWU_OTLP_URL: 'http://10.0.0.3:4318' }, { ZHENGWU_OTLP_URL: 'http://127.0.0.1:4318' }],
  ['nats', 'ZHENGWU_NATS', { ZHENGWU_NATS: 'tls://nats-1.example:4222, nats://nats-2.example:4222' }, { ZHENGWU_NATS: 'tls://nats-1.example:4222,tls://nats-2.example:4222' }],
  ['syslog', 'ZHENGWU_SYSLOG_PORT', { ZHENGWU_SYSLOG_PORT: '5514', ZHENGWU_MONITORING_HOST: '10.0.0.9' }, { ZHENGWU_SYSLOG_PORT: '5514' }],
])('a real site does not start when %s would be spoken with in the clear on another machine (OWASP ASVS 5.0 V12.3.1)', (party, name, open, safe) => {
  expect(refusal(open)).toContain(name);
  expect(refusal(open)).toContain(`name ${party} in ZHENGWU_PLAIN_CONNECTIONS`);
  expect(refusal({ ...open, ZHENGWU_PLAIN_CONNECTIONS: party })).toBe('');
  expect(refusal(safe)).toBe('');
  expect(() => readConfig(open), 'a demonstration').not.toThrow();
});

test('this machine is known by each of its names, and no other machine by looking like one', () => {
  for (const host of ['127.0.0.1', '127.9.9.9', 'localhost', '[::1]']) expect(refusal({ ZHENGWU_CLAMD: `${host}:3310` })).toBe('');
  for (const host of ['127.0.0.1.example', '10.0.0.1', 'localhost.example', '[::2]']) expect(refusal({ ZHENGWU_CLAMD: `${host}:3310` })).toContain('ZHENGWU_CLAMD');
});

test('the address of the mail server cannot switch off TLS or its checks', () => {
  for (const query of ['ignoreTLS=true', 'requireTLS=false', 'tls.rejectUnauthorized=false', 'secure=false']) expect(refusal({ ZHENGWU_SMTP_URL: `smtp://mail.example?${query}` })).toContain('ZHENGWU_SMTP_URL');
  expect(refusal({ ZHENGWU_SMTP_URL: 'smtp://mail.example?pool=true' })).toBe('');
  expect(refusal({ ZHENGWU_PLAIN_CONNECTIONS: 'everything' })).toContain('ZHENGWU_PLAIN_CONNECTIONS');
});

test('two factors for fewer than all officials of a real site needs a reason (OWASP ASVS 5.0 V6.3.3)', () => {
  expect(refusal({ ZHENGWU_SECOND_FACTOR_ROLES: 'administrator' })).toContain('ZHENGWU_SECOND_FACTOR_REASON');
  expect(refusal({ ZHENGWU_SECOND_FACTOR_ROLES: 'administrator', ZHENGWU_SECOND_FACTOR_REASON: 'the others sign in on a line of their own' })).toBe('');
  expect([refusal({}), refusal({ ZHENGWU_SECOND_FACTOR_ROLES: 'all' })]).toEqual(['', '']);
});
