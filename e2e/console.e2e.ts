import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { findings } from './accessibility.ts';
import { desktop, launch, tablet, type Size } from './browser.ts';
import { openDesk } from './desk.ts';

const { site } = inject('addresses');
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe('console', () => {
  test.each<[string, Size]>([['desktop', desktop], ['tablet', tablet]])('on a %s: workbench, case with its diagram; axe finds nothing', async (_name, size) => {
    const { page, close } = await openDesk(browser, site, 'window01', size);
    await page.locator('.list tbody tr').first().waitFor();
    expect(await findings(page), 'workbench').toEqual([]);
    await page.locator('.list tbody tr a').first().click();
    await page.locator('.case-head').waitFor();
    expect(await findings(page), 'case').toEqual([]);
    await page.getByRole('tab', { name: '流程图' }).click();
    await page.locator('.bjs-powered-by').waitFor();
    expect(await page.locator('.bjs-powered-by').isVisible()).toBe(true);
    expect(await findings(page), 'diagram').toEqual([]);
    await close();
  });

  test('English and Chinese, cases, supervision, administration: axe finds nothing', async () => {
    for (const [account, path] of [['window01', 'cases'], ['supervisor', 'supervision'], ['admin', 'admin']] as const) {
      const { page, close } = await openDesk(browser, site, account, desktop);
      await page.goto(`${site}/console/${path}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForLoadState('networkidle');
      expect(await findings(page), path).toEqual([]);
      await page.getByRole('button', { name: 'English' }).or(page.getByText('English', { exact: true })).first().click();
      await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('en');
      await close();
    }
  });
});
