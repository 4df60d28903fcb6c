import { defineErrors, type Issue } from '@zhengwu/errors';
import { unencrypted } from './encrypted.ts';
import { readTree, settingsOf, type Environment, type ValuesOf } from './setting.ts';
import { settings } from './settings.ts';

type Values = ValuesOf<typeof settings>;

/** Where a demonstration takes client certificates. */
export const DEMO_TLS_PORT = 8443;

/** The validated configuration of one process; frozen. */
export interface Config extends Omit<Values, 'origins' | 'siteUrl' | 'ports'> {
  readonly ports: Omit<Values['ports'], 'tls'> & { /** 0: none. */ readonly tls: number };
  readonly origins: { readonly portal: string; readonly site: string; readonly tls: string; readonly pki: string };
  readonly siteUrl: string;
  /** Variables that begin with ZHENGWU_ and mean nothing: likely typing mistakes, worth a line in the log. */
  readonly unknown: readonly string[];
}

const fail = defineErrors({
  'config.invalid': {
    status: 500,
    zh: '配置有误，系统没有启动，数据未被改动。请改正后重新启动：\n{problems}',
    en: 'The configuration is wrong; nothing was started and no data was touched. Correct it and start again:\n{problems}',
  },
});

/** Variables read by the build and test tools rather than by a process. */
const TOOLS = ['ZHENGWU_TEST'];

const needsSecret = (name: string, value: string | undefined): Issue[] =>
  value === undefined
    ? [{ path: name, code: 'config.missing', message: { zh: '演示模式关闭（ZHENGWU_DEMO=off）时必须设置', en: 'must be set when demo mode is off (ZHENGWU_DEMO=off)' } }]
    : [];

const checkTogether = (values: Values): Issue[] => {
  const issues: Issue[] = [];
  if (values.ports.portal === values.ports.site && values.ports.site !== 0) {
    issues.push({ path: 'ZHENGWU_PORT_SITE', code: 'config.conflict', message: { zh: '不能与 ZHENGWU_PORT_PORTAL 相同', en: 'must differ from ZHENGWU_PORT_PORTAL' } });
  }
  const { s3 } = values.files;
  for (const [name, value] of [['BUCKET', s3.bucket], ['ACCESS_KEY', s3.accessKey], ['SECRET_KEY', s3.secretKey]]) {
    if (s3.endpoint !== undefined && value === undefined) {
      issues.push({ path: `ZHENGWU_FILES_S3_${name}`, code: 'config.missing', message: { zh: '设置了 ZHENGWU_FILES_S3_ENDPOINT 时必须设置', en: 'must be set together with ZHENGWU_FILES_S3_ENDPOINT' } });
    }
  }
  for (const [name, value, other] of [['CERT', values.tls.certFile, values.tls.keyFile], ['KEY', values.tls.keyFile, values.tls.certFile]] as const) {
    if (value === undefined && other !== undefined) issues.push({ path: `ZHENGWU_TLS_${name}_FILE`, code: 'config.missing', message: { zh: '证书与私钥文件必须一起设置', en: 'certificate and key must be set together' } });
  }
  if (values.demo !== false) return issues;
  const { secondFactorRoles, secondFactorReason } = values.session;
  if (secondFactorRoles !== undefined && secondFactorRoles !== 'all' && secondFactorReason === undefined) {
    issues.push({ path: 'ZHENGWU_SECOND_FACTOR_REASON', code: 'config.missing', message: { zh: '不要求全部工作人员双因素时必须说明理由', en: 'must say why not all officials need two factors' } });
  }
  return [...issues, ...unencrypted(values, values.plainConnections), ...needsSecret('ZHENGWU_PORTAL_SECRET', values.portalSecret), ...needsSecret('ZHENGWU_KEY_PASSPHRASE', values.keyPassphrase)];
};

const linesOf = (issues: readonly Issue[]): string =>
  issues.map(({ path, message }) => (typeof message === 'object' ? `  ${path}: ${message.en} / ${message.zh}` : `  ${path}`)).join('\n');

const addressOf = (scheme: 'http' | 'https', host: string, port: number): string => `${scheme}://${host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;

const deepFreeze = <T extends object>(value: T): T => {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) deepFreeze(inner);
  return Object.freeze(value);
};

/** Reads the configuration from the environment. Throws one `config.invalid` that names every problem; values of secrets are never in it. */
export const readConfig = (environment: Environment = process.env): Config => {
  const issues: Issue[] = [];
  const values = readTree(settings, environment, issues);
  issues.push(...checkTogether(values));
  if (issues.length > 0) throw fail('config.invalid', { problems: linesOf(issues) }, { issues });
  const names = new Set([...settingsOf(settings).map((s) => s.name), ...TOOLS]);
  const scheme = values.tls.certFile === undefined ? 'http' : 'https';
  const site = values.origins.site ?? addressOf(scheme, values.host, values.ports.site);
  const tls = values.ports.tls ?? (values.demo ? DEMO_TLS_PORT : 0);
  return deepFreeze({
    ...values,
    ports: { ...values.ports, tls },
    origins: { portal: values.origins.portal ?? addressOf(scheme, values.host, values.ports.portal), site, tls: values.origins.tls ?? addressOf('https', values.host, tls), pki: values.origins.pki ?? site },
    siteUrl: values.siteUrl ?? addressOf(scheme, values.host, values.ports.site),
    unknown: Object.keys(environment).filter((name) => name.startsWith('ZHENGWU_') && !names.has(name)),
  });
};
