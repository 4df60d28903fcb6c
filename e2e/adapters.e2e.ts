import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { findings } from './accessibility.ts';
import { desktop, launch } from './browser.ts';
import { openDesk } from './desk.ts';

const { site } = inject('addresses');
let browser: Browser;
let other: Server;
let address = '';
const posted: string[] = [];

/** The system of somebody else: hands a file out, and takes rows in. */
beforeAll(async () => {
  other = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      if (request.method === 'POST') posted.push(Buffer.concat(parts).toString());
      response.end(request.url === '/shops.csv' ? '编号,名称,类别\nS1,晨光面馆,1\nS2,无名书店,9\n' : '');
    });
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  await new Promise((resolve) => other.close(resolve));
});

const connect = async (page: Page): Promise<void> => {
  await page.goto(`${site}/console/data/adapters`);
  await page.getByRole('link', { name: '外部系统连接' }).click();
  await page.getByRole('button', { name: '登记连接' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('种类').selectOption('http');
  for (const [label, value] of [['代码', 'tour'], ['中文名称', '商务局接口'], ['英文名称', 'Commerce'], ['地址', address], ['口令', 'Bearer tour']] as const) await dialog.getByLabel(label, { exact: true }).fill(value);
  expect(await findings(page)).toEqual([]);
  await dialog.getByRole('button', { name: '保存' }).click();
  await page.getByRole('button', { name: '测试 商务局接口' }).click();
  await page.getByText('连接正常。').waitFor();
  expect(await findings(page)).toEqual([]);
};

const declare = async (page: Page): Promise<void> => {
  await page.goto(`${site}/console/data/adapters/new`);
  await page.getByLabel('来自').selectOption('remote');
  for (const [label, value] of [['代码', 'tour'], ['中文名称', '商户'], ['英文名称', 'Shops'], ['路径', 'shops.csv']] as const) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByLabel('连接', { exact: true }).selectOption('tour');
  await page.getByRole('button', { name: '增加一步' }).click();
  await page.getByLabel('每行一个：字段=来源列').fill('no=编号\nname=名称\nkind=类别');
  await page.getByRole('button', { name: '增加一步' }).click();
  await page.getByLabel('做什么').nth(1).selectOption('translate');
  await page.getByLabel('字段', { exact: true }).fill('kind');
  await page.getByLabel('每行一个：来源代码=我们的值').fill('1=餐饮\n2=零售');
  await page.getByLabel('送入').selectOption('post');
  await page.getByLabel('连接', { exact: true }).nth(1).selectOption('tour');
  await page.getByLabel('路径', { exact: true }).nth(1).fill('rows');
  await page.getByLabel('标识字段').fill('no');
  await page.getByRole('button', { name: '预览' }).click();
  await page.getByText('码表里没有该值').waitFor();
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: '保存' }).click();
  await page.waitForURL('**/data/adapters/tour');
};

test('the tour: a connection is registered and tried, a flow looked at, run, held back and let go on', async () => {
  const desk = await openDesk(browser, site, 'data01', desktop);
  const { page } = desk;
  await connect(page);
  await declare(page);
  await page.getByRole('button', { name: '现在运行' }).click();
  await page.getByText('完成', { exact: true }).waitFor({ timeout: 30_000 });
  await expect.poll(() => posted.map((body) => JSON.parse(body) as unknown)).toEqual([[{ no: 'S1', name: '晨光面馆', kind: '餐饮' }]]);
  await page.getByText('码表里没有该值').waitFor();
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: '暂停' }).click();
  await page.getByRole('dialog').getByLabel('理由').fill('核对码表');
  await page.getByRole('dialog').getByRole('button', { name: '暂停' }).click();
  await page.getByText('核对码表').waitFor();
  await page.getByRole('button', { name: '恢复' }).click();
  await page.getByRole('button', { name: '现在运行' }).waitFor();
  await page.goto(`${site}/console/data/adapters`);
  await page.getByRole('link', { name: '商户' }).waitFor();
  expect(await findings(page)).toEqual([]);
  expect(desk.problems).toEqual([]);
  await desk.close();
}, 180_000);
