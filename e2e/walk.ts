import { expect } from 'vitest';
import type { Browser, BrowserContext, Page, Response } from 'playwright-core';
import { demoPassword } from '@zhengwu/demo';
import { findings } from './accessibility.ts';
import { openWindow, type Size } from './browser.ts';
import { pixel } from './pixel.ts';

/** Pages that axe has seen in this run, by their kind: ids left out, width and language kept. */
const seen = new Set<string>();
const kindOf = (page: Page, status: number, extra: string): string => {
  const path = new URL(page.url()).pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').replace(/[0-9A-Z]{18,}[^/]*/g, ':licence');
  return `${path} ${String(status)} ${String(page.viewportSize()?.width)} ${extra}`;
};

/** An applicant at their own window, without JavaScript. Every kind of page that they come to is also opened with JavaScript, for axe. */
/** What people choose who register themselves: the demonstration's own password is refused to them. */
export const ownPassword = 'Hengjiang.7421';

export interface Applicant {
  page: Page;
  context: BrowserContext;
  origin: string;
  go(path: string): Promise<void>;
  follow(name: string | RegExp): Promise<void>;
  press(name: string | RegExp): Promise<void>;
  /** Gives one paper and uploads it. */
  give(paper: string | RegExp, name?: string): Promise<void>;
  heading(): Promise<string>;
  signIn(account: string, password?: string): Promise<void>;
  /** Opens an account for a resident of the city; at the sign-in page afterwards. */
  register(resident: { name: string; number: string; account: string }): Promise<void>;
  /** Turns the elder mode on, at the top of the page. */
  enlarge(): Promise<void>;
  close(): Promise<void>;
}

const checkWithScript = async (page: Page, twin: Page, answer: { method: string; status: number }): Promise<string[]> => {
  const address = page.url();
  if (answer.method === 'GET') await twin.goto(address);
  else {
    // The answer to a form cannot be asked for again: the same HTML is put before the browser at the same address.
    const body = await page.content();
    await twin.route(address, (route) => route.fulfill({ body, contentType: 'text/html; charset=utf-8' }), { times: 1 });
    await twin.goto(address);
  }
  return findings(twin);
};

export const openApplicant = async (browser: Browser, origin: string, size: Size): Promise<Applicant> => {
  const context = await openWindow(browser, size, false);
  const scripted = await openWindow(browser, size, true);
  const [page, twin] = [await context.newPage(), await scripted.newPage()];
  let last: Response | null = null;
  page.on('response', (response) => {
    const isPage = response.request().isNavigationRequest() && (response.status() < 300 || response.status() >= 400);
    if (isPage) last = response;
  });
  const look = async (): Promise<void> => {
    await page.waitForLoadState();
    const answer = { method: last?.request().method() ?? 'GET', status: last?.status() ?? 200 };
    expect(answer.status, `${page.url()}: ${await page.title()}`).not.toBeGreaterThanOrEqual(500);
    if (!page.url().startsWith(origin)) return;
    if (answer.status >= 400 && answer.status !== 404) expect(await page.title()).toMatch(/^(错误：|Error: )/);
    const elder = (await context.cookies()).some((cookie) => cookie.name.includes('elder') && cookie.value === '1');
    const kind = kindOf(page, answer.status, elder ? 'elder' : '');
    if (seen.has(kind)) return;
    seen.add(kind);
    await scripted.clearCookies();
    await scripted.addCookies(await context.cookies());
    expect(await checkWithScript(page, twin, answer), `axe on ${kind}`).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), `${kind} sticks out`).toBeLessThanOrEqual(0);
  };
  const act = async (deed: Promise<unknown>): Promise<void> => {
    await Promise.all([page.waitForEvent('load', { timeout: 20_000 }), deed]);
    await look();
  };
  return {
    page, context, origin,
    go: async (path) => act(page.goto(path.startsWith('http') ? path : origin + path)),
    follow: async (name) => act(page.getByRole('main').getByRole('link', { name }).first().click()),
    press: async (name) => act(page.getByRole('main').getByRole('button', { name }).first().click()),
    give: async (paper, name = '照片.png') => {
      const card = page.locator('section.card', { has: page.getByRole('heading', { name: paper }) });
      await card.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer: pixel });
      await act(card.getByRole('button', { name: /上传|Upload/ }).click());
      await expect.poll(() => page.getByText(name).count()).toBeGreaterThan(0);
    },
    heading: async () => (await page.getByRole('heading', { level: 1 }).first().textContent())?.trim() ?? '',
    signIn: async (account, password = demoPassword) => {
      await page.locator('form input[name=account]:not([type=hidden])').fill(account);
      await page.locator('input[type=password]').fill(password);
      await act(page.getByRole('main').getByRole('button', { name: /^(登录|Sign in)$/ }).first().click());
    },
    register: async ({ name, number, account }) => {
      await act(page.goto(`${origin}/en/register`));
      for (const [field, value] of Object.entries({ name, citizenNumber: number, phone: '12500000009', account, password: ownPassword })) await page.locator(`form input[name=${field}]:visible`).first().fill(value);
      await act(page.getByRole('main').getByRole('button', { name: 'Register' }).first().click());
    },
    enlarge: async () => act(page.locator('header, .tools').getByText('长辈版').first().click()),
    close: async () => {
      await context.close();
      await scripted.close();
    },
  };
};
