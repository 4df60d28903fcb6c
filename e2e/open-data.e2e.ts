import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { launch, phone } from './browser.ts';
import { openApplicant } from './walk.ts';

const { portal } = inject('addresses');
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('a key for open data is made without JavaScript, shown once, used by a program, counted and ended', async () => {
  const person = await openApplicant(browser, portal, phone);
  const { page } = person;
  await person.go('/open-data');
  await person.follow('我的密钥');
  await person.signIn('citizen03');
  await person.press('建立密钥');
  await page.getByText('请写明用途名称').first().waitFor();
  await page.getByLabel('用途名称').fill('企业查询小程序');
  await person.press('建立密钥');
  const key = await page.locator('[role=status] code').innerText();
  expect(key).toMatch(/^zwo_[\w-]{43}$/);
  const rows = (shown: string): Promise<Response> => fetch(`${portal}/open-data/register-enterprises/rows?limit=2`, { headers: { 'x-api-key': shown } });
  expect(((await (await rows(key)).json()) as { items: unknown[] }).items.length).toBe(2);
  expect((await rows(`${key}x`)).status).toBe(403);
  await person.go('/open-data/keys');
  expect(await page.content()).not.toContain(key);
  await page.locator('tr', { hasText: '法人单位基础信息库' }).getByText('1', { exact: true }).first().waitFor();
  await person.press('停用');
  await page.getByText('已停用').waitFor();
  expect((await rows(key)).status).toBe(403);
  await person.close();
});
