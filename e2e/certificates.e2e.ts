import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { findings, overflowing } from './accessibility.ts';
import { codeOf } from './authenticator.ts';
import { desktop, launch } from './browser.ts';
import { openDesk } from './desk.ts';

const { site } = inject('addresses');
const NAME = '一号自助终端 E2E';
const mine = `${site}/console/account/certificates`;
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const request = async (page: Page): Promise<void> => {
  await page.goto(mine);
  await page.getByRole('button', { name: '申请证书' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('设备', { exact: true }).check();
  await dialog.getByLabel('设备名称').fill(NAME);
  await dialog.getByLabel('设备编号').fill('KIOSK-E2E');
  await dialog.getByLabel('所属单位').fill('云川市政务服务局');
  await dialog.getByLabel('统一社会信用代码').fill('91350100M000100Y44');
  await dialog.getByLabel(/由站点生成密钥/).check();
  expect(await findings(page), 'form').toEqual([]);
  await dialog.getByRole('button', { name: '提交申请' }).click();
  await dialog.locator('.field.bad').getByText('GB 32100').waitFor();
  await dialog.getByLabel('统一社会信用代码').fill('91350100M000100Y43');
  await dialog.getByRole('button', { name: '提交申请' }).click();
  await dialog.waitFor({ state: 'detached' });
};

const withSecondFactor = async (page: Page, work: () => Promise<void>): Promise<void> => {
  await page.goto(`${site}/console/account`);
  await page.getByRole('button', { name: '设置验证器' }).click();
  await page.getByLabel('六位验证码').fill(codeOf(await page.locator('code.secret').innerText()));
  await page.getByRole('button', { name: '启用' }).click();
  await page.getByRole('button', { name: '我已保存' }).click();
  await work();
  await page.goto(`${site}/console/account`);
  await page.getByRole('button', { name: '停用验证器' }).click();
  await page.getByRole('button', { name: '设置验证器' }).waitFor();
};

const opened = async (page: Page): Promise<ReturnType<Page['getByRole']>> => {
  await page.getByRole('button', { name: `打开：${NAME}` }).first().click();
  return page.getByRole('dialog');
};

test('a certificate is requested, decided on by another person with a second factor, handed out once, and revoked', async () => {
  const clerk = await openDesk(browser, site, 'window01', desktop);
  const registrar = await openDesk(browser, site, 'security', desktop);
  await request(clerk.page);
  await withSecondFactor(registrar.page, async () => {
    const { page } = registrar;
    await page.goto(`${site}/console/security/certificates?state=waiting`);
    const waiting = await opened(page);
    await waiting.waitFor();
    expect(await findings(page), 'decision').toEqual([]);
    await waiting.getByRole('button', { name: '批准', exact: true }).click();
    await waiting.waitFor({ state: 'detached' });

    await clerk.page.goto(mine);
    const collect = await opened(clerk.page);
    for (const label of ['文件口令', '再输一次口令']) await collect.getByLabel(label).fill('twelve letters');
    const [download] = await Promise.all([clerk.page.waitForEvent('download'), collect.getByRole('button', { name: '生成并下载' }).click()]);
    expect(download.suggestedFilename()).toMatch(/^[0-9a-f]{32}\.p12$/);

    await page.goto(`${site}/console/security/certificates?state=valid`);
    await page.getByRole('button', { name: `打开：${NAME}` }).first().waitFor();
    expect(await findings(page), 'list').toEqual([]);
    expect(await overflowing(page, 390)).toEqual([]);
    const standing = await opened(page);
    await standing.getByLabel('说明').fill('验收测试');
    await standing.getByRole('button', { name: '吊销' }).click();
    await standing.waitFor({ state: 'detached' });
  });
  await clerk.page.goto(`${mine}?state=revoked`);
  await clerk.page.getByText('已吊销').first().waitFor();
  expect([...clerk.problems, ...registrar.problems]).toEqual([]);
  await clerk.close();
  await registrar.close();
});
