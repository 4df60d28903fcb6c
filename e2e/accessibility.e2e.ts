import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { findings, overflowing, tabThrough } from './accessibility.ts';
import { desktop, launch, openWindow } from './browser.ts';

const { portal } = inject('addresses');
let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launch();
  page = await (await openWindow(browser, desktop, true)).newPage();
});
afterAll(() => browser.close());

const open = ['/', '/services', '/services/identity-card-replacement', '/services/enterprise-establishment/start', '/sign-in', '/register', '/verify', '/help', '/before-after', '/accessibility', '/departments', '/life-events', '/news', '/open-data', '/open-data/register-enterprises', '/open-data/licence'];

describe('what everybody can open', () => {
  test.each(open.flatMap((path) => [path, `/en${path}`]))('%s: axe finds nothing, nothing sticks out at 320 px', async (path) => {
    const answer = await page.goto(portal + path);
    expect(answer?.status()).toBe(200);
    expect(await findings(page)).toEqual([]);
    expect(await overflowing(page, 320)).toEqual([]);
  });

  test.each(['/', '/services/identity-card-replacement', '/register'])('%s: the keyboard goes through and out again, and one always sees where it is', async (path) => {
    await page.goto(portal + path);
    const stops = await tabThrough(page);
    expect(stops.length).toBeGreaterThan(5);
    expect(stops.filter((stop) => !stop.visible).map((stop) => stop.name)).toEqual([]);
    expect(stops.filter((stop) => !stop.seen).map((stop) => stop.name)).toEqual([]);
  });

  test.each([['/register', /^错误：/], ['/en/register', /^Error: /]])('%s: the title says that something is wrong, and the summary leads to the field', async (path, title) => {
    await page.goto(portal + path);
    await page.getByRole('main').locator('button[type=submit]').first().click();
    await page.locator('#problem').waitFor();
    expect(await page.title()).toMatch(title);
    await page.locator('#problem a').first().click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name');
  });
});
