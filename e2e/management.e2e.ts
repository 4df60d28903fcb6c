import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { findings } from './accessibility.ts';
import { desktop, launch } from './browser.ts';
import { openDesk } from './desk.ts';

const { site } = inject('addresses');
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('an auditor walks from a policy to its person, control, evidence, finding and rectification by clicks, and back by the path', async () => {
  const { page, close } = await openDesk(browser, site, 'audit', desktop);
  await page.goto(`${site}/console/security/chain`);
  await page.getByRole('link', { name: '云川市电子政务安全总体策略' }).click();
  const onward = page.locator('.two-sides > section').nth(1);
  for (const [relation, text] of [['由其负责', ''], ['负责落实', '8.1.10.11'], ['以此为证', '备份与恢复证明'], ['暴露', '恢复验证没有规程'], ['由此整改', '修订备份与恢复规程']] as const) {
    await onward.getByRole('listitem').filter({ hasText: relation }).filter({ hasText: text }).getByRole('link').first().click();
    await page.locator('.note.plain').filter({ hasText: text }).waitFor();
  }
  await expect.poll(() => page.locator('.crumbs li').count()).toBe(5);
  expect(await findings(page)).toEqual([]);
  await page.locator('.crumbs a').first().click();
  await page.locator('.note.plain').filter({ hasText: '云川市电子政务安全总体策略' }).waitFor();
  await page.goto(`${site}/console/security/state`);
  await page.getByRole('table', { name: '机器检查' }).waitFor();
  expect(await findings(page)).toEqual([]);
  await close();
});
