import { isIP } from 'node:net';
import type { Issue } from '@zhengwu/errors';

/** Other machines that a process speaks with, or hears. */
export const PARTIES = ['site', 'database', 'files', 'mail', 'clamd', 'traces', 'syslog', 'nats'] as const;
export type Party = (typeof PARTIES)[number];

/** This machine itself: what is said there crosses no wire. */
export const isLoopback = (host: string): boolean => {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === '' || bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
};

export interface Connections {
  siteUrl: string | undefined;
  database: { url: string | undefined; appUrl: string | undefined; relayUrl: string | undefined; caFile: string | undefined };
  files: { clamd: string | undefined; s3: { endpoint: string | undefined } };
  mail: { smtpUrl: string | undefined };
  nats: { servers: readonly string[]; caFile: string | undefined };
  monitoring: { otlpUrl: string | undefined; syslogPort: number; host: string };
}

/** An http address on another machine. */
const isOpenHttp = (address: string | undefined): boolean => address !== undefined && address.startsWith('http:') && !isLoopback(new URL(address).hostname);

/** clamd speaks no TLS: `host:port` of another machine is in the clear, the path of a socket is not. */
const isOpenClamd = (address: string | undefined): boolean => address !== undefined && !address.startsWith('/') && !isLoopback(address.slice(0, address.lastIndexOf(':')));

const isOpenDatabase = ({ url, appUrl, relayUrl, caFile }: Connections['database']): boolean =>
  caFile === undefined && [url, appUrl, relayUrl].some((one) => one !== undefined && !isLoopback(new URL(one).hostname) && !/[?&]sslmode=verify-full(&|$)/.test(one));

/** With a CA file TLS is demanded of every server. */
const isOpenNats = ({ servers, caFile }: Connections['nats']): boolean => caFile === undefined && servers.some((one) => one.startsWith('nats:') && !isLoopback(new URL(one).hostname));

/** An address that switches off what mail demands: TLS, and that its certificate holds. */
const weakensMail = (address: string | undefined): boolean => address !== undefined && [...new URL(address).searchParams.keys()].some((name) => /tls|secure/i.test(name));

const issue = (path: string, zh: string, en: string): Issue => ({ path, code: 'config.unencrypted', message: { zh, en } });
const without = (party: Party): [string, string] => [
  `会以明文离开本机。请改用 TLS；已由隧道等另行加密的，在 ZHENGWU_PLAIN_CONNECTIONS 中写明 ${party}`,
  `would leave this machine unencrypted. Use TLS; where something else encrypts it, such as a tunnel, name ${party} in ZHENGWU_PLAIN_CONNECTIONS`,
];

/** What a real site would say in the clear to another machine, and nobody has agreed to (OWASP ASVS 5.0 V12.3.1). Mail demands TLS by itself when it connects. */
export const unencrypted = (values: Connections, plain: readonly string[]): Issue[] => {
  const open: readonly (readonly [Party, string, boolean])[] = [
    ['site', 'ZHENGWU_SITE_URL', isOpenHttp(values.siteUrl)],
    ['database', 'ZHENGWU_DATABASE_CA_FILE', isOpenDatabase(values.database)],
    ['files', 'ZHENGWU_FILES_S3_ENDPOINT', isOpenHttp(values.files.s3.endpoint)],
    ['clamd', 'ZHENGWU_CLAMD', isOpenClamd(values.files.clamd)],
    ['traces', 'ZHENGWU_OTLP_URL', isOpenHttp(values.monitoring.otlpUrl)],
    ['nats', 'ZHENGWU_NATS', isOpenNats(values.nats)],
    ['syslog', 'ZHENGWU_SYSLOG_PORT', values.monitoring.syslogPort !== 0 && !isLoopback(values.monitoring.host)],
  ];
  const found = open.filter(([party, , isOpen]) => isOpen && !plain.includes(party)).map(([party, name]) => issue(name, ...without(party)));
  const strange = plain.filter((one) => !(PARTIES as readonly string[]).includes(one));
  if (strange.length > 0) found.push(issue('ZHENGWU_PLAIN_CONNECTIONS', `应取自 ${PARTIES.join('、')}`, `must be of ${PARTIES.join(', ')}`));
  if (weakensMail(values.mail.smtpUrl) && !plain.includes('mail')) found.push(issue('ZHENGWU_SMTP_URL', '地址中不得改动 TLS 要求', 'must not change what is demanded of TLS'));
  return found;
};
