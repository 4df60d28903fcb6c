import { expect } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { demoPassword } from '@zhengwu/demo';
import { openWindow, type Size } from './browser.ts';

/** An official at the console. */
export interface Desk {
  page: Page;
  /** Errors that scripts of the console threw. */
  problems: string[];
  /** Finds a case by its number in the list of cases and opens it. */
  open(number: string): Promise<void>;
  claim(): Promise<void>;
  decide(outcome: string): Promise<void>;
  askCorrection(material: string, why: string): Promise<void>;
  close(): Promise<void>;
}

/** Signs in at the console; the acts below go by its Chinese words. */
export const openDesk = async (browser: Browser, site: string, account: string, size: Size, lang = 'zh-CN'): Promise<Desk> => {
  const context = await openWindow(browser, size, true, lang);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(`${site}/console/`);
  await page.locator('input').first().waitFor();
  if (lang !== await page.evaluate(() => document.documentElement.lang)) await page.getByText(lang === 'en' ? 'English' : '中文', { exact: true }).first().click();
  await page.locator('input').first().fill(account);
  await page.locator('input[type=password]').fill(demoPassword);
  await page.locator('button[type=submit]').click();
  await page.locator('nav, .queues').first().waitFor();
  const send = async (name: string | RegExp, within: Page | ReturnType<Page['getByRole']> = page): Promise<void> => {
    const answered = page.waitForResponse((response) => response.request().method() === 'POST' && response.url().includes('/api/tasks/'));
    await within.getByRole('button', { name }).click();
    expect((await answered).status()).toBe(200);
  };
  return {
    page, problems,
    open: async (number) => {
      await page.goto(`${site}/console/cases?q=${encodeURIComponent(number)}`);
      await page.locator('.list tbody tr', { hasText: number }).getByRole('link').first().click();
      await page.locator('.case-head').waitFor();
    },
    claim: () => send('签收'),
    decide: async (outcome) => {
      await page.getByRole('radio', { name: outcome, exact: true }).check();
      await page.locator('.decision textarea').fill('材料齐全，符合条件。');
      await send('提交');
      await page.waitForURL('**/console/work**');
    },
    askCorrection: async (material, why) => {
      await page.getByRole('button', { name: '一次性告知补正' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(material, { exact: true }).check();
      await dialog.getByLabel(`“${material}”哪里需要补正`).fill(why);
      await send(/告知补正（1 项）/, dialog);
    },
    close: async () => {
      expect(problems).toEqual([]);
      await context.close();
    },
  };
};
