import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Browser, Page, Request } from 'playwright-core';
import { findings, overflowing } from './accessibility.ts';
import { desktop, launch } from './browser.ts';
import { openDesk } from './desk.ts';

const { site } = inject('addresses');
let browser: Browser;
/** Addresses that were walked already, whoever signed in then. */
const walked = new Set<string>();
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  // A walk that loses its way would find nothing wrong.
  expect(walked.size).toBeGreaterThan(38);
});

/** Where the navigations of this page lead. */
const leads = (page: Page): Promise<string[]> => page.locator('nav a[href^="/console/"], .topbar a[href^="/console/"]').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));

/** Words that no page has for people: a key of the catalogue, a value that is none. */
const RAW = /\b(undefined|NaN|\[object Object\])\b|\b[a-z]+(?:[A-Z][a-z]+)*\.[a-z]+[A-Z]\w*\b/;

/** The page that the address names stands there: its link says so, it has its heading, and nothing is waited for. */
const settled = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>('nav a')].filter((one) => one.pathname === location.pathname);
    const isHere = links.length === 0 || links.some((one) => one.hasAttribute('aria-current'));
    return isHere && document.querySelector('h1') !== null && document.querySelector('.waiting[role=status]') === null;
  });

/** Nothing is on its way, and the address stays: one that leads on to another, or a page that is still being fetched, is not looked at. */
const calming = (page: Page): (() => Promise<void>) => {
  const underWay = new Set<Request>();
  page.on('request', (request) => request.resourceType() !== 'eventsource' && underWay.add(request));
  page.on('requestfinished', (request) => underWay.delete(request));
  page.on('requestfailed', (request) => underWay.delete(request));
  return async () => {
    let at = '';
    for (let quiet = 0; quiet < 3; ) {
      await settled(page);
      quiet = underWay.size === 0 && page.url() === at ? quiet + 1 : 0;
      at = page.url();
      await page.waitForTimeout(40);
    }
  };
};

/** What a page says in words; what it sets as code is meant to be one. */
const wordsOn = (page: Page): Promise<string> =>
  page.locator('main').evaluate((main) => {
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement?.closest('code, pre')) texts.push(walker.currentNode.textContent ?? '');
    return texts.join('\n');
  });

const walk = async (account: string, lang: 'zh-CN' | 'en'): Promise<string[]> => {
  const { page, close } = await openDesk(browser, site, account, desktop, lang);
  const calm = calming(page);
  const wrong: string[] = [];
  const seen = new Set<string>();
  const open = ['/console/account', ...(await leads(page))];
  for (let asked = open.shift(); asked !== undefined; asked = open.shift()) {
    if (seen.has(asked)) continue;
    seen.add(asked);
    // By its own router, as a click does: nothing is loaded anew.
    await page.evaluate((path) => {
      history.pushState(null, '', path);
      dispatchEvent(new PopStateEvent('popstate'));
    }, asked);
    await calm();
    open.push(...(await leads(page)));
    const at = new URL(page.url()).pathname;
    if (walked.has(at)) continue;
    walked.add(at);
    const told = async (what: string, found: readonly string[]): Promise<void> => void wrong.push(...found.slice(0, 3).map((one) => `${account} ${at} ${what}: ${one}`));
    await told('axe', await findings(page));
    await told('sticks out at 390', await overflowing(page, 390));
    await told('raw', RAW.exec(await wordsOn(page))?.slice(0, 1) ?? []);
  }
  await close();
  return wrong;
};

test.each([['admin', 'zh-CN'], ['security', 'en'], ['audit', 'zh-CN'], ['window01', 'en'], ['supervisor', 'zh-CN'], ['head-dsj', 'en']] as const)(
  'every page of the console that %s finds (%s): axe finds nothing, nothing sticks out on a phone, nothing is raw', async (account, lang) => {
    expect(await walk(account, lang)).toEqual([]);
  },
);
