import { execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { findings } from './accessibility.ts';
import { desktop, launch, phone } from './browser.ts';
import { openDesk } from './desk.ts';
import { freePort, startCity } from './system.ts';

const OWN = 'DEMO/GOV/YC-ZW/GOVCENTRE';
let city: Awaited<ReturnType<typeof startCity>>;
let browser: Browser;
let plain: number;
let system: Server;
beforeAll(async () => {
  const names = ['CITY_TAX', 'PROVINCE_TAX', 'CITY_TAX_NODES', 'PROVINCE_TAX_NODES', 'EXCHANGE_NODES', 'EXCHANGE_PLAIN'];
  const ports = new Map(await Promise.all(names.map(async (name) => [`ZHENGWU_PORT_${name}`, String(await freePort())] as const)));
  plain = Number(ports.get('ZHENGWU_PORT_EXCHANGE_PLAIN'));
  system = createServer((request, response) => response.end(JSON.stringify({ path: request.url }))).listen(0, '127.0.0.1');
  city = await startCity({ ZHENGWU_CENTRES: 'on', ZHENGWU_EXCHANGE_STAMP_SECONDS: '1', ...Object.fromEntries(ports) });
  browser = await launch();
}, 300_000);
afterAll(async () => {
  await browser.close();
  system.close();
  await city.stop();
}, 60_000);

const call = (service: string): Promise<Response> => fetch(`http://127.0.0.1:${plain}/r1/${service}`, { headers: { 'x-road-client': OWN } });
const shown = async (page: Page): Promise<void> => expect(await findings(page)).toEqual([]);

const offer = async (page: Page): Promise<void> => {
  await page.goto(`${city.addresses.site}/console/data/exchange-services`);
  await page.getByRole('button', { name: '登记服务' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('子系统').selectOption(OWN);
  await dialog.getByLabel('服务代码').fill('weather');
  await dialog.getByLabel('名称').fill('气象预警');
  await dialog.getByLabel('信息系统的地址').fill(`http://127.0.0.1:${(system.address() as AddressInfo).port}/v1`);
  await dialog.getByLabel('OpenAPI 文档（JSON）').fill('{"openapi": ');
  await dialog.getByText('这不是 JSON 对象').waitFor();
  await dialog.getByLabel('OpenAPI 文档（JSON）').fill(JSON.stringify({ openapi: '3.1.0', info: { title: 'Weather', version: '1' }, paths: { '/warnings': { get: {} } } }));
  await shown(page);
  await dialog.getByRole('button', { name: '保存' }).click();
  await page.getByRole('link', { name: '气象预警' }).click();
  await page.getByText('还没有人可以调用').waitFor();
};

const give = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '授予访问权' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('谁可以调用').selectOption(OWN);
  await dialog.getByLabel('可调用').selectOption('GET /warnings');
  await dialog.getByLabel('理由').fill('防汛值守');
  await shown(page);
  await dialog.getByRole('button', { name: '授予访问权' }).click();
  await page.locator('.list').getByText('GET /warnings').waitFor();
};

test('a service is registered and granted at the console, called by whoever was let in, and by nobody once the right is withdrawn', async () => {
  const desk = await openDesk(browser, city.addresses.site, 'data01', desktop);
  const { page } = desk;
  await offer(page);
  expect((await call(`${OWN}/weather/warnings`)).status).toBe(500);
  await give(page);
  await shown(page);
  await expect.poll(async () => (await call(`${OWN}/weather/warnings`)).json()).toEqual({ path: '/v1/warnings' });
  expect(await (await call(`${OWN}/weather/others`)).json()).toMatchObject({ type: 'Server.ServerProxy.AccessDenied' });
  await page.getByRole('button', { name: /^收回/ }).click();
  await page.getByRole('dialog').getByLabel('理由').fill('汛期结束');
  await page.getByRole('dialog').getByRole('button', { name: '收回' }).click();
  await page.getByText('还没有人可以调用').waitFor();
  await expect.poll(async () => (await call(`${OWN}/weather/warnings`)).json()).toMatchObject({ type: 'Server.ServerProxy.AccessDenied' });
  await desk.close();
});

test('a message is found in the log, followed through both nodes, and its container verified offline', async () => {
  const message = `tour-${Date.now()}`;
  const answer = await fetch(`http://127.0.0.1:${plain}/r1/DEMO/GOV/YC-SW/TAXCENTRE/listMethods`, { headers: { 'x-road-client': OWN, 'x-road-id': message } });
  expect(answer.status).toBe(200);
  const desk = await openDesk(browser, city.addresses.site, 'data01', phone);
  const { page } = desk;
  await page.goto(`${city.addresses.site}/console/data/exchange`);
  await page.getByText('云岭省税务局').first().waitFor();
  await shown(page);
  await page.goto(`${city.addresses.site}/console/data/exchange-log?message=${message}`);
  await page.getByRole('link', { name: '云川市税务局 · listMethods' }).click();
  await page.getByText('云川市税务局 签名后发回').waitFor();
  expect(await page.locator('.exchange-way li').count()).toBe(8);
  await shown(page);
  const link = page.getByRole('link', { name: '下载 ASiC-E：应答' });
  await expect.poll(async () => { await page.reload(); await page.locator('.exchange-way').waitFor(); return link.count(); }, { timeout: 30_000 }).toBe(1);
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const verified = execFileSync(process.execPath, [join(import.meta.dirname, '../dist/zhengwu.js'), 'exchange', 'verify', await download.path()], { encoding: 'utf8' });
  expect(verified).toContain(message);
  await desk.close();
});
