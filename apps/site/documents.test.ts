import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { auditEvents } from '@zhengwu/audit';
import { configurationAsMarkdown, readConfig } from '@zhengwu/config';
import { errorsAsMarkdown } from '@zhengwu/errors';
import { compileSchema, createHttp } from '@zhengwu/http';
import { Identity } from '@zhengwu/identity';
import { createTestSite, eventsOf, policyOf, type Policy } from '@zhengwu/module';
import { purposes } from '@zhengwu/privacy';
import * as api from '@zhengwu/contracts';
import type { AnyOperation } from '@zhengwu/contracts';
import { siteModules } from './modules.ts';

const ERRORS = `# Errors 错误

Every failure that the API answers is one of these: problem+json (RFC 9457) with a stable code, all field issues at once, and in the reader's
language what happened, what was kept and what to do next.
接口的每种失败都在此表中：稳定的代码、一次列全的字段问题，以及发生了什么、保留了什么、下一步怎么做。

Generated from the modules' \`errors.ts\`; \`npx vitest run apps/site/documents.test.ts -u\` writes it anew. 本表由代码生成并由测试核对。

`;

const EVENTS = `# Audit events 审计事件

Every event of the audit trail, by the declarations of the modules, with the operations that may record it; the rest are recorded by background work.
Refusals of any operation are recorded as \`access.denied\`. Reads of personal data are recorded before they are answered, and the person concerned sees them in the portal.
审计记录的全部事件，按各模块的声明列出，并注明可能留下该事件的操作；其余由后台任务记录。任何操作被拒绝都记为 \`access.denied\`。读取个人信息先记录、后应答，本人可在门户查看。

Generated; \`npx vitest run apps/site/documents.test.ts -u\` writes it anew. 本表由代码生成并由测试核对。

| event 事件 | name 名称 | personal data 个人信息 | operations 操作 |
|---|---|---|---|
`;

const OPERATIONS = `
## Operations 操作

| operation 操作 | who 谁 | permission 权限 | purpose 用途 |
|---|---|---|---|
`;

const WHO: Readonly<Record<string, string>> = { citizen: 'citizen 申请人', official: 'official 工作人员', public: 'public 公众', portal: 'portal 门户', system: 'system 系统', device: 'device 设备', application: 'application 应用' };

const eventsAsMarkdown = (policy: Policy): string =>
  [...auditEvents()].map(([event, { zh, en, personal }]) => {
    const operations = Object.keys(policy).filter((id) => eventsOf(policy[id]!).includes(event)).sort().map((id) => `\`${id}\``);
    return `| \`${event}\` | ${zh} ${en} | ${personal === true ? 'yes 是' : '-'} | ${operations.join(', ') || '-'} |\n`;
  }).join('');

const operationsAsMarkdown = (policy: Policy): string =>
  Object.entries(policy).map(([operation, { who, permission, purpose }]) =>
    `| \`${operation}\` | ${[who].flat().map((one) => WHO[one]).join(', ')} | ${permission === undefined ? '-' : `\`${permission}\``} | ${purpose === undefined ? '-' : `\`${purpose}\``} |\n`)
    .sort().join('');

describe('documents say what the code says', () => {
  test('docs/audit-events.md lists every event and the operations that record it', async () => {
    const policy = policyOf(siteModules());
    await expect(EVENTS + eventsAsMarkdown(policy) + OPERATIONS + operationsAsMarkdown(policy)).toMatchFileSnapshot('../../docs/audit-events.md');
  });

  test('docs/errors.md lists every declared error of the site', async () => {
    expect(siteModules().length).toBeGreaterThan(5);
    await expect(ERRORS + errorsAsMarkdown()).toMatchFileSnapshot('../../docs/errors.md');
  });

  test('docs/ports.md names the ports and variables of the configuration', async () => {
    const ports = await readFile(join(import.meta.dirname, '../../docs/ports.md'), 'utf8');
    const { ports: { portal, site } } = readConfig({});
    expect(ports).toMatch(new RegExp(`\\| ${portal} \\| \`ZHENGWU_PORT_PORTAL\``));
    expect(ports).toMatch(new RegExp(`\\| ${site} \\| \`ZHENGWU_PORT_SITE\``));
    const variables = configurationAsMarkdown();
    for (const [name] of ports.matchAll(/ZHENGWU_[A-Z0-9_]+/g)) expect(variables).toContain(`\`${name}\``);
  });
});

describe('operations', () => {
  const policy = policyOf(siteModules());
  const all = Object.values(api as Record<string, unknown>).filter((one): one is AnyOperation => typeof one === 'object' && one !== null && 'method' in one && 'path' in one && 'id' in one);

  test('every schema of an operation can be checked by: the site compiles one only when it is first asked', () => {
    expect(all.length).toBeGreaterThan(200);
    for (const { params, query, body, response } of all) {
      for (const schema of [params, query, body, response]) if (schema) expect(compileSchema(schema)(Symbol('nothing'))).toBeDefined();
    }
  });

  test('every event that a policy names is in the catalogue', () => {
    const unknown = Object.entries(policy).flatMap(([id, rule]) => eventsOf(rule).filter((event) => !auditEvents().has(event)).map((event) => `${id}: ${event}`));
    expect(unknown, 'declare each with both names as the second argument of definePolicy').toEqual([]);
  });

  test('every operation that handles personal data names its purpose and what allows it (个人信息保护法 §6, §17)', () => {
    const without = Object.entries(policy).filter(([, { personal, purpose }]) => personal === true && !(purpose !== undefined && Object.hasOwn(purposes, purpose))).map(([id]) => id);
    expect(without, 'name a purpose of the register in pillars/security/privacy/purposes.ts').toEqual([]);
  });

  test('every operation that changes something records it (GB/T 22239-2019 8.1.4.3)', () => {
    const silent = all.filter(({ id, method }) => method !== 'GET' && policy[id] && eventsOf(policy[id]).length === 0 && policy[id].readsOnly !== true).map(({ id }) => id);
    expect(silent, 'name the event, or say readsOnly').toEqual([]);
    const reading = all.filter(({ id, method }) => method === 'GET' && policy[id]?.personal === true).map(({ id }) => id);
    expect(reading.filter((id) => !eventsOf(policy[id]!).every((event) => auditEvents().get(event)?.personal === true || event.startsWith('audit.')))).toEqual([]);
  });

  test('every route of the site has a policy; a route without one does not start', async () => {
    const site = await createTestSite({ modules: siteModules([]) });
    const httpOf = (policies: typeof site.policy) => createHttp({ log: site.site.log, origin: 'http://127.0.0.1', policies, authenticator: site.site.use(Identity).authenticator });
    try {
      const http = httpOf(site.policy);
      site.routes(http);
      await http.assemble();
      const without = Object.fromEntries(Object.entries(site.policy).filter(([id]) => id !== 'case.submit'));
      const bare = httpOf(without);
      site.routes(bare);
      await expect(bare.assemble()).rejects.toThrow('operations without a policy: case.submit');
      await http.close(0);
    } finally {
      await site.drop();
    }
  });
});
