import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { demoPassword } from '@zhengwu/demo';
import { findings } from './accessibility.ts';
import { codeOf } from './authenticator.ts';
import { desktop, launch, openWindow, phone } from './browser.ts';
import { openDesk } from './desk.ts';

const { portal, site } = inject('addresses');
// Passkeys belong to a name, not to an address.
const [namedPortal, namedSite] = [portal, site].map((address) => address.replace('127.0.0.1', 'localhost')) as [string, string];
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** A device with a fingerprint reader, as Chromium simulates it (WebDriver: virtual authenticators). */
const withAuthenticator = async (context: BrowserContext, page: Page): Promise<void> => {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
};

const fillDoor = async (page: Page, account: string): Promise<void> => {
  await page.getByLabel('账号', { exact: true }).fill(account);
  await page.locator('input[type=password]').fill(demoPassword);
  await page.getByRole('button', { name: '登录', exact: true }).click();
};

describe('an official', () => {
  test('sets up an authenticator, signs in by two steps, and switches it off', async () => {
    const { page, close } = await openDesk(browser, site, 'security', desktop);
    await page.goto(`${site}/console/account`);
    await page.getByRole('button', { name: '设置验证器' }).click();
    const secret = await page.locator('code.secret').innerText();
    expect(await findings(page), 'setting up').toEqual([]);
    await page.getByLabel('六位验证码').fill(codeOf(secret, -1));
    await page.getByRole('button', { name: '启用' }).click();
    await page.locator('.recovery-codes li').nth(9).waitFor();
    const recovery = await page.locator('.recovery-codes li').first().innerText();
    await page.getByRole('button', { name: '我已保存' }).click();
    await page.locator('.menu summary').click();
    await page.getByRole('button', { name: '退出' }).click();
    await fillDoor(page, 'security');
    await page.getByRole('heading', { name: '第二步：验证码' }).waitFor();
    expect(await findings(page), 'second step').toEqual([]);
    await page.getByLabel('六位验证码').fill(codeOf(secret));
    await page.getByRole('button', { name: '完成登录' }).click();
    await page.locator('.menu summary').waitFor();
    await page.goto(`${site}/console/account`);
    await page.getByText('密码和验证码').first().waitFor();
    await page.getByRole('button', { name: '停用验证器' }).click();
    await page.getByRole('button', { name: '设置验证器' }).waitFor();
    expect(recovery).toMatch(/^(\w{4}-){5}\w{4}$/);
    await close();
  });

  test('adds a passkey, signs in with it alone, and removes it', async () => {
    const context = await openWindow(browser, desktop, true);
    const page = await context.newPage();
    await withAuthenticator(context, page);
    await page.goto(`${namedSite}/console/`);
    await fillDoor(page, 'audit');
    await page.locator('.menu summary').waitFor();
    await page.goto(`${namedSite}/console/account`);
    await page.getByLabel('名称').fill('值班室终端');
    await page.getByRole('button', { name: '添加通行密钥' }).click();
    await page.getByRole('button', { name: '我已保存' }).click();
    await page.getByText('值班室终端').waitFor();
    await page.locator('.menu summary').click();
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByRole('button', { name: '用通行密钥登录' }).click();
    await page.locator('.menu summary').waitFor();
    await page.goto(`${namedSite}/console/account`);
    await page.getByRole('button', { name: '删除通行密钥 值班室终端' }).click();
    await page.getByText('还没有通行密钥').waitFor();
    await context.close();
  });
});

describe('a citizen', () => {
  const ACCOUNT = 'citizen06';
  const enter = async (page: Page, origin: string): Promise<void> => {
    await page.goto(`${origin}/sign-in?next=%2Fmy%2Fsecond-factor`);
    await page.locator('#account').fill(ACCOUNT);
    await page.locator('#password').fill(demoPassword);
    await page.locator('main form button').first().click();
  };

  test('sets up an authenticator and signs in by two steps, without JavaScript', async () => {
    const context = await openWindow(browser, phone, false);
    const page = await context.newPage();
    await enter(page, portal);
    await page.getByRole('button', { name: '设置验证器' }).click();
    expect(await page.locator('svg.qr').isVisible()).toBe(true);
    const secret = await page.locator('strong.number').innerText();
    await page.locator('#code').fill(codeOf(secret, -1));
    await page.getByRole('button', { name: '启用' }).click();
    await page.getByRole('heading', { name: '请保存恢复码' }).waitFor();
    await context.clearCookies();
    await enter(page, portal);
    await page.getByRole('heading', { name: '第二步：验证码' }).waitFor();
    await page.locator('#code').fill(codeOf(secret));
    await page.getByRole('button', { name: '完成登录' }).click();
    await page.getByRole('button', { name: '停用验证器' }).click();
    await page.getByRole('button', { name: '设置验证器' }).waitFor();
    await context.close();
  });

  test('adds a passkey and signs in with it', async () => {
    const context = await openWindow(browser, phone, true);
    const page = await context.newPage();
    await withAuthenticator(context, page);
    await enter(page, namedPortal);
    expect(await findings(page), 'sign-in protection').toEqual([]);
    await page.locator('#name').fill('家里的平板');
    await page.getByRole('button', { name: '添加通行密钥' }).click();
    await page.getByRole('link', { name: '我已保存' }).click();
    await page.getByText('家里的平板').first().waitFor();
    await context.clearCookies();
    await page.goto(`${namedPortal}/sign-in?next=%2Fmy%2Fsecond-factor`);
    await page.getByRole('button', { name: '用通行密钥登录' }).click();
    await page.getByRole('button', { name: /^删除/ }).click();
    await expect.poll(() => page.getByText('家里的平板').count()).toBe(0);
    await context.close();
  });
});
