import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { findings } from './accessibility.ts';
import { desktop, launch } from './browser.ts';
import { openDesk } from './desk.ts';

const { site } = inject('addresses');
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const take = async (page: Page): Promise<void> => {
  await page.goto(`${site}/console/data/consolidation`);
  await page.getByRole('heading', { name: '鹭汀区数据中心（旧）' }).waitFor();
  expect(await findings(page)).toEqual([]);
  for (const [label, value] of [['对外连接', '3'], ['机器', '14'], ['人员', '5']] as const) await page.getByLabel(label).fill(value);
  await page.getByRole('button', { name: '建立清单' }).click();
  await page.waitForURL('**/consolidation/*');
};

const mapCompanies = async (page: Page): Promise<void> => {
  const table = page.locator('section[aria-label=QY_JBXX]');
  await table.getByLabel('并入的基础库').selectOption('enterprises');
  await table.getByRole('button', { name: '推荐映射' }).click();
  await table.getByText('万元', { exact: true }).waitFor();
  expect(await findings(page)).toEqual([]);
  await table.getByRole('button', { name: '确认映射' }).click();
  await table.getByText('已迁入').waitFor();
};

test('the tour: an old centre is inventoried, mapped, compared, migrated and closed', async () => {
  const desk = await openDesk(browser, site, 'data01', desktop);
  const { page } = desk;
  await take(page);
  await mapCompanies(page);
  await page.getByRole('button', { name: '逐行核对' }).click();
  await page.getByRole('button', { name: '迁移', exact: true }).click({ timeout: 30_000 });
  await page.getByLabel('原因').fill('核对完成，关闭旧中心', { timeout: 30_000 });
  await page.getByLabel('结果').selectOption('refused');
  await page.getByText('没有标识号码').waitFor();
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: '切换关闭' }).click();
  // Closing asks for a second look at who closes: the session is fresh here, so it goes through.
  await page.getByText('已切换关闭', { exact: true }).waitFor();
  expect(await page.locator('tr', { hasText: '机器' }).locator('td').allInnerTexts()).toEqual(['14', '0']);
  await desk.close();
});
