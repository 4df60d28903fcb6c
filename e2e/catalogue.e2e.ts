import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { findings } from './accessibility.ts';
import { desktop, launch, phone, type Size } from './browser.ts';
import { openDesk } from './desk.ts';

const { site } = inject('addresses');
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const as = async (account: string, size: Size, work: (page: Page) => Promise<void>): Promise<void> => {
  const desk = await openDesk(browser, site, account, size);
  await work(desk.page);
  expect(await findings(desk.page)).toEqual([]);
  await desk.close();
};
const act = async (page: Page, name: string, fill: Record<string, string> = {}): Promise<void> => {
  await page.getByRole('button', { name, exact: true }).click();
  const dialog = page.getByRole('dialog');
  for (const [label, value] of Object.entries(fill)) await dialog.getByLabel(label, { exact: true }).fill(value);
  expect(await findings(page)).toEqual([]);
  await dialog.getByRole('button', { name, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
};

test('an entry is written by its department, published by another person, and its versions are compared', async () => {
  await as('data-sc', desktop, async (page) => {
    await page.goto(`${site}/console/data/catalogue?q=法人单位`);
    await page.getByRole('link', { name: '法人单位基础信息库' }).click();
    await page.getByRole('button', { name: '编制下一版' }).click();
    await page.getByLabel('更新周期').selectOption('2');
    await page.getByLabel('信息项').fill('uscc | C | 统一社会信用代码 | Unified social credit code | open\nname | C | 名称');
    await page.getByText('第 2 行不完整').waitFor();
    await page.getByLabel('信息项').fill('uscc | C | 统一社会信用代码 | Unified social credit code | open\nname | C | 名称 | Name | open');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: '保存草稿' }).click();
    await act(page, '提交审批');
    await page.getByText('待审批').first().waitFor();
    expect(await page.getByRole('button', { name: '批准发布' }).count()).toBe(0);
  });
  await as('data01', phone, async (page) => {
    await page.goto(`${site}/console/data/catalogue/register-enterprises`);
    await page.getByRole('heading', { name: '版本比对' }).waitFor();
    await page.locator('tr', { hasText: '/cycle' }).getByText('"2"').waitFor();
    await act(page, '批准发布');
    await page.getByText('已被取代').first().waitFor();
  });
});

test('another department asks for what is shared on condition; a refusal without a law is not taken, a grant is', async () => {
  await as('data-sw', desktop, async (page) => {
    await page.goto(`${site}/console/data/catalogue/register-seal-filings`);
    await act(page, '申请使用', { 用途: '核对发票专用章，征收科使用', 依据: '《中华人民共和国发票管理办法》第二十一条' });
    await page.goto(`${site}/console/data/requests`);
    await page.locator('tr', { hasText: '印章备案库' }).getByText('待答复').waitFor();
  });
  await as('data-ga', desktop, async (page) => {
    await page.goto(`${site}/console/data/requests`);
    await page.getByRole('button', { name: /^答复.*印章备案库/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('答复意见').fill('仅限核对印章真伪');
    await dialog.getByLabel('状态').selectOption('refused');
    await dialog.getByLabel('法律依据').fill('内部规定');
    await dialog.getByRole('button', { name: '答复' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await findings(page)).toEqual([]);
    await dialog.getByLabel('状态').selectOption('granted');
    await dialog.getByRole('button', { name: '答复' }).click();
    await page.locator('tr', { hasText: '印章备案库' }).getByText('已授权').waitFor();
  });
});
