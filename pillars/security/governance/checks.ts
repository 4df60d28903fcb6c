import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import type { Text } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import { today } from './keeping.ts';
import { whyNotPublic } from './public-certificate.ts';
import * as store from './store-state.ts';

/** What looking needs of a site: a command beside it has no more. */
export type Looked = Pick<Site, 'config' | 'clock'>;

export interface Checked {
  holds: boolean;
  /** What was seen, for whoever asks why. */
  found: string;
}

/** Something a machine can look at in the running site. */
export interface Check {
  code: string;
  name: Text;
  look(site: Looked, tx: Tx): Promise<Checked> | Checked;
}

const check = (code: string, zh: string, en: string, look: Check['look']): Check => ({ code, name: { zh, en }, look });
const none = (found: readonly string[], said = '0'): Checked => ({ holds: found.length === 0, found: found.length === 0 ? said : found.slice(0, 10).join(', ') });

/** The day so many days ago. */
const daysAgo = (site: Looked, ago: number): string => new Date(Date.parse(`${today(site)}T00:00:00Z`) - ago * 86_400_000).toISOString().slice(0, 10);

export const checks: readonly Check[] = [
  check('rows-protected', '所有数据表强制行级安全', 'Row-level security is forced on every table', async (_, tx) => none(await store.unforced(tx))),
  check('demo-off', '演示模式已关闭', 'Demo mode is off', ({ config }) => ({ holds: !config.demo, found: `ZHENGWU_DEMO=${config.demo ? 'on' : 'off'}` })),
  check('https-origins', '门户与工作台地址为 https', 'Portal and console are under https', ({ config: { origins } }) => none([origins.portal, origins.site].filter((one) => !one.startsWith('https://')), 'https')),
  check('public-certificate', '对外证书由公众信任的机构签发', 'The certificate shown to the public is of a publicly trusted authority', async ({ config: { tls }, clock }) => {
    if (tls.certFile === undefined) return { holds: false, found: 'ZHENGWU_TLS_CERT_FILE: -' };
    const why = await readFile(tls.certFile, 'utf8').then((pem) => whyNotPublic(pem, rootCertificates, clock.now()), () => tls.certFile ?? '');
    return { holds: why === null, found: why ?? tls.certFile };
  }),
  check('trail-current', '审计记录一小时内入链', 'Audit records reach the signed log within the hour', async (_, tx) => { const late = await store.unloggedMinutes(tx); return { holds: late < 60, found: `${late} min` }; }),
  check('three-officers', '三员由三个人担任', 'The three administrators are three people', async (_, tx) => none(await store.sharedOfficers(tx))),
  check('restore-proved', '三个月内验证过恢复', 'A restore was proved within three months', async (site, tx) => { const last = await store.lastProof(tx, 'restore', daysAgo(site, 92)); return { holds: last !== null, found: last ?? '-' }; }),
  check('assets-classified', '每个数据表已分级', 'Every table is classified', async (_, tx) => none(await store.unclassified(tx))),
  check('drills-met', '最近一次演练达标', 'The last drill met its target', async (_, tx) => { const drill = await store.lastDrill(tx); return { holds: drill?.outcome === 'passed', found: drill ? `${drill.number} ${drill.outcome}` : '-' }; }),
  check('session-limits', '会话 30 分钟空闲、12 小时上限以内', 'Sessions end after 30 idle minutes and 12 hours at most', ({ config: { session } }) => ({ holds: session.idleMinutes <= 30 && session.hours <= 12, found: `${session.idleMinutes} min, ${session.hours} h` })),
  check('keys-sealed', '密钥以口令加密', 'Keys are sealed with a passphrase', ({ config }) => ({ holds: config.keyPassphrase !== undefined, found: config.keyPassphrase === undefined ? '-' : 'ZHENGWU_KEY_PASSPHRASE' })),
  check('rates-on', '频率限制已开启', 'Rate limits are on', ({ config }) => ({ holds: config.limits.rates, found: config.limits.rates ? 'on' : 'off' })),
  check('breached-list', '口令与泄露清单比对', 'Passwords are held against a list of breached ones', ({ config }) => ({ holds: config.breachedPasswords !== undefined, found: config.breachedPasswords ?? '-' })),
  check('national-suite', '使用国密算法', 'National algorithms are in use', ({ config }) => ({ holds: config.cryptoSuite === 'gm', found: config.cryptoSuite })),
];

export const checkNames: ReadonlyMap<string, Text> = new Map(checks.map(({ code, name }) => [code, name]));

/** Every check with what it saw; one that cannot look has not held. */
export const runChecks = async (site: Looked, tx: Tx): Promise<(Check & Checked)[]> => {
  const done: (Check & Checked)[] = [];
  for (const one of checks) done.push({ ...one, ...(await one.look(site, tx)) });
  return done;
};

export const checkCodes: ReadonlySet<string> = new Set(checks.map(({ code }) => code));
