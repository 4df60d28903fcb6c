import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configurationAsMarkdown, readConfig } from '@zhengwu/config';
import { errorsAsMarkdown } from '@zhengwu/errors';
import { createHttp } from '@zhengwu/http';
import { Identity } from '@zhengwu/identity';
import { createTestSite, policyOf, type Policy } from '@zhengwu/module';
import { siteModules } from './modules.ts';

const ERRORS = `# Errors 错误

Every failure that the API answers is one of these: problem+json (RFC 9457) with a stable code, all field issues at once, and in the reader's
language what happened, what was kept and what to do next.
接口的每种失败都在此表中：稳定的代码、一次列全的字段问题，以及发生了什么、保留了什么、下一步怎么做。

Generated from the modules' \`errors.ts\`; \`npx vitest run apps/site/documents.test.ts -u\` writes it anew. 本表由代码生成并由测试核对。

`;

const EVENTS = `# Audit events 审计事件

What every operation of the API records in the audit trail, by the modules' policies; refusals of any operation are recorded as \`access.denied\`. Reads of personal
data are recorded before they are answered. 接口各项操作按模块策略留下的审计事件；任何操作被拒绝都记为 \`access.denied\`。读取个人信息先记录、后应答。
Where the policy names no event (-), a handler that changes something records events of its own; those are not listed here yet.
策略未写明事件（-）的操作，由其处理程序在变更的事务中自行记录；这些事件尚未列入本表。

Generated; \`npx vitest run apps/site/documents.test.ts -u\` writes it anew. 本表由代码生成并由测试核对。

| event 事件 | operation 操作 | who 谁 | permission 权限 | personal data 个人信息 |
|---|---|---|---|---|
`;

const WHO: Readonly<Record<string, string>> = { citizen: 'citizen 申请人', official: 'official 工作人员', public: 'public 公众', portal: 'portal 门户', system: 'system 系统' };

const eventsOf = (policy: Policy): string =>
  Object.entries(policy).map(([operation, { who, permission, audit, personal }]) =>
    `| ${audit === null ? '-' : `\`${audit}\``} | \`${operation}\` | ${[who].flat().map((one) => WHO[one]).join(', ')} | ${permission === undefined ? '-' : `\`${permission}\``} | ${personal === true ? 'yes 是' : '-'} |\n`)
    .sort().join('');

describe('documents say what the code says', () => {
  test('docs/audit-events.md lists what every operation of the site records', async () => {
    await expect(EVENTS + eventsOf(policyOf(siteModules()))).toMatchFileSnapshot('../../docs/audit-events.md');
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
  test('every route of the site has a policy; a route without one does not start', async () => {
    const site = await createTestSite({ modules: siteModules() });
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
