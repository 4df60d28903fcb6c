import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { findings } from './accessibility.ts';
import { lostWithLargeText, lostWithSpacing, smallTargets } from './adapting.ts';
import { desktop, launch, openWindow, phone } from './browser.ts';
import { openDesk } from './desk.ts';

const { portal, site } = inject('addresses');
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const nothingLost = async (page: Page, where: string): Promise<void> => {
  expect.soft(await lostWithSpacing(page), `${where} with wide text (WCAG 1.4.12)`).toEqual([]);
  expect.soft(await lostWithLargeText(page), `${where} with text of twice the size (WCAG 1.4.4)`).toEqual([]);
};

describe('portal', () => {
  test.each(['/', '/services', '/services/identity-card-replacement', '/sign-in', '/register', '/verify'])('%s: text may be spaced and doubled, buttons and fields are 44 px high', async (path) => {
    const window = await openWindow(browser, phone, true);
    const page = await window.newPage();
    for (const address of [path, `/en${path}`]) {
      await page.goto(portal + address);
      await nothingLost(page, address);
      expect.soft(await smallTargets(page, 24), `${address}: targets (WCAG 2.5.8)`).toEqual([]);
      const low = await page.getByRole('main').locator('button, input:not([type=hidden]):not([type=checkbox]):not([type=radio]), select, a.button').evaluateAll((all) =>
        all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5).map((one) => `${one.tagName} ${one.className} ${String(one.getBoundingClientRect().height)}`));
      expect.soft(low, `${address}: controls of 44 px`).toEqual([]);
    }
    await window.close();
  });
});

describe('console', () => {
  const pages: [account: string, paths: string[]][] = [['window01', ['work', 'cases', 'intake', 'account']]];
  test.each(pages)('%s: text may be spaced and doubled, targets have 24 px, axe finds nothing in English', async (account, paths) => {
    const { page, close } = await openDesk(browser, site, account, desktop, 'en');
    for (const path of paths) {
      await page.goto(`${site}/console/${path}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForLoadState('networkidle');
      expect.soft(await findings(page), path).toEqual([]);
      expect.soft(await smallTargets(page, 24), `${path}: targets (WCAG 2.5.8)`).toEqual([]);
      await nothingLost(page, path);
    }
    await close();
  });
});
