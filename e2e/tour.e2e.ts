import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { desktop, launch } from './browser.ts';
import { openDesk } from './desk.ts';
import { payAtBank, readCode, reloadUntil } from './finish.ts';
import { openApplicant, type Applicant } from './walk.ts';

const { portal, site } = inject('addresses');
const tour = readFileSync(join(import.meta.dirname, '../docs/tour.md'), 'utf8');
/** What the tour tells to search for, choose and look for: everything it sets in italics, in order. */
const named = [...tour.matchAll(/(?<!\*)\*([^*\n]+)\*(?!\*)/g)].map(([, name = '']) => name);

let browser: Browser;
let she: Applicant;
let number = '';
beforeAll(async () => {
  browser = await launch();
  she = await openApplicant(browser, portal, desktop);
});
afterAll(() => browser.close());

const starting = (name: string): RegExp => new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
const day = (page: Page, daysFromNow: number): Promise<void> => {
  const parts = new Date(Date.now() + daysFromNow * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10).split('-').map((part) => String(Number(part)));
  const group = page.getByRole('group', { name: /when did you lose/ });
  return ['Year', 'Month', 'Day'].reduce((done, label, index) => done.then(() => group.getByLabel(label).fill(parts[index] ?? '')), Promise.resolve());
};
const search = async (words: string): Promise<void> => {
  await she.go('/en/');
  await she.page.getByRole('main').getByRole('searchbox').fill(words);
  await she.press('Search');
};
const atDesk = async (account: string, work: (page: Page) => Promise<void>): Promise<void> => {
  const desk = await openDesk(browser, site, account, desktop, 'en');
  await work(desk.page);
  await desk.close();
};
const openCase = async (page: Page): Promise<void> => {
  await page.goto(`${site}/console/cases?q=${number}`);
  await page.locator('.list tbody tr', { hasText: number }).getByRole('link').first().click();
  await page.locator('.case-head').waitFor();
};
const decide = (account: string) => (outcome: string): Promise<void> => atDesk(account, async (page) => {
  await openCase(page);
  await page.getByRole('radio', { name: outcome, exact: true }).check();
  await page.locator('.decision').getByRole('button', { name: 'Send', exact: true }).click();
  await page.waitForURL('**/console/work**');
});
const headed = async (heading: string): Promise<void> => expect(await she.heading()).toBe(heading);
/** A link of the portal, wherever on the page it is. */
const found = async (path: string, name: string): Promise<void> => {
  await she.go(path);
  expect(await she.page.getByRole('link', { name: starting(name) }).or(she.page.getByRole('button', { name: starting(name) })).or(she.page.getByText(name, { exact: true })).count(), `${name} on ${path}`).toBeGreaterThan(0);
};
const page = (account: string) => (name: string): Promise<void> => atDesk(account, async (desk) => {
  await desk.getByRole('navigation').getByRole('link', { name, exact: true }).first().click();
  await desk.getByRole('heading', { level: 1 }).first().waitFor();
});

/** 沈静书 has a company and a mother to act for; the header offers it on every page of hers. */
const actsForAnother = async (name: string): Promise<void> => {
  const other = await openApplicant(browser, portal, desktop);
  await other.go('/en/sign-in');
  await other.signIn('citizen05');
  expect(await other.page.getByText(name).count()).toBeGreaterThan(0);
  await other.close();
};

/** What is done with each name, in the order of the tour. */
const walk: ((name: string) => Promise<void>)[] = [
  search,
  (name) => she.follow(name),
  async (name) => {
    await she.follow(name);
    for (const [question, answer] of [[/household registered/, 'In Yunchuan'], [/Why do you need/, 'Lost']] as const) await she.page.getByRole('group', { name: question }).getByLabel(answer).check();
    await she.page.getByLabel('It is for myself').check();
    await she.page.getByLabel('How old is the holder?').fill('29');
    await she.press('See the answer');
    expect(await she.heading()).toMatch(/^You can apply/);
    await she.go('/en/services/identity-card-replacement');
  },
  async (name) => {
    await she.follow(starting(name));
    await she.follow('Sign in and begin');
    await she.signIn('citizen01');
    await she.press('Begin');
  },
  async (name) => {
    await headed(name);
    expect(await she.page.getByRole('main').innerText()).toContain('林知夏');
    await she.press('Save and continue');
  },
  async (name) => {
    await headed(name);
    await she.page.getByRole('group', { name: 'Why do you need a new card?' }).getByLabel('Lost').check();
    await she.press('Save and continue');
    await day(she.page, 3);
    await she.page.getByLabel(/^I confirm that the old card/).check();
    await she.press('Save and continue');
    expect(await she.page.getByRole('main').innerText()).toContain('can’t be in the future');
    await day(she.page, -1);
    await she.press('Save and continue');
  },
  async (name) => {
    await headed(name);
    await she.page.getByLabel('Phone').fill('12500000001');
    await she.page.getByLabel('At the household office').check();
    await she.press('Save and continue');
    await she.give(/Portrait/, 'me.png');
    await she.press('Continue');
    await she.page.getByLabel(/^I confirm/).check();
    await she.press('Submit');
    number = (await she.page.locator('.panel .number').innerText()).trim();
    expect(await she.page.getByRole('img', { name: /QR/ }).count()).toBe(1);
  },
  (name) => atDesk('window01', async (desk) => {
    await desk.getByRole('link', { name: starting(name) }).first().click();
    await desk.locator('.list tbody tr').first().waitFor();
  }),
  (name) => atDesk('window01', async (desk) => {
    await openCase(desk);
    await desk.getByRole('button', { name, exact: true }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByLabel(/^Portrait/).first().check();
    await dialog.getByLabel(/^What is wrong/).fill('The background is not white');
    await dialog.getByRole('button', { name: /^Ask for correction \(1\)/ }).click();
    await dialog.waitFor({ state: 'detached' });
  }),
  async (name) => {
    await she.page.getByRole('link', { name, exact: true }).first().click();
    await reloadUntil(she, 'Put something right');
    await she.page.getByRole('main').getByRole('link', { name: /Put something right|Replacement of a resident identity card/ }).first().click();
    if (!/correct/.test(she.page.url())) await she.follow('Put something right');
    await she.give(/Portrait/, 'white.png');
    await she.press('Send');
  },
  decide('window01'), decide('reviewer01'), decide('approver01'),
  async (name) => {
    await she.page.getByRole('link', { name: 'My space', exact: true }).first().click();
    await reloadUntil(she, starting(name).source.slice(1));
    await she.page.getByRole('main').getByRole('link', { name: /Pay the fee|Replacement of a resident identity card/ }).first().click();
    if (!/\/cases\/[^/]+$/.test(she.page.url())) await she.page.goBack();
    await payAtBank(she, '40.00');
    await reloadUntil(she, 'Download PDF');
  },
  async (name) => {
    await she.page.locator('section[aria-labelledby=results] a.title').first().click();
    await she.page.waitForURL('**/licences/**');
    const printed = new URL(await readCode(browser, she.page.getByRole('img', { name: /QR/ })));
    const stranger = await openApplicant(browser, portal, desktop);
    await stranger.go('/en/');
    await stranger.page.getByRole('link', { name, exact: true }).first().click();
    await stranger.page.waitForURL('**/verify**');
    await stranger.page.getByLabel('Licence id').fill(decodeURIComponent(printed.pathname.split('/').at(-1) ?? ''));
    await stranger.page.getByLabel('Check code').fill(printed.searchParams.get('c') ?? '');
    await stranger.press(/\S/);
    number = await stranger.heading();
    await stranger.close();
  },
  async (name) => expect(number).toBe(name),
  async (words) => {
    await search(words);
    expect(await she.page.getByRole('main').getByRole('link', { name: /Renewal of a driver/ }).count()).toBeGreaterThan(0);
  },
  async (name) => {
    await search('company');
    await she.follow(name);
  },
  actsForAnother, page('supervisor'), page('admin'),
  async (name) => {
    await found('/en/', name);
    await page('admin')('Administration');
    await atDesk('admin', async (desk) => {
      await desk.goto(`${site}/console/admin`);
      await desk.getByRole('link', { name, exact: true }).click();
    });
  },
  (name) => found('/en/', name), actsForAnother,
];

test('everything that the tour names is there, and leads where it says', async () => {
  expect(named, 'the tour names more or less than is walked here').toHaveLength(walk.length);
  for (const [index, step] of walk.entries()) {
    const name = named[index] ?? '';
    await step(name).catch((error: unknown) => {
      throw new Error(`“${name}”, number ${String(index + 1)} of what the tour names, on ${she.page.url()}`, { cause: error });
    });
  }
  await she.close();
});
