import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { desktop, launch, openWindow } from './browser.ts';
import { openDesk } from './desk.ts';
import { openApplicant } from './walk.ts';

const { portal, site } = inject('addresses');
const tour = readFileSync(join(import.meta.dirname, '../docs/tour-security.md'), 'utf8');
const commands = [...tour.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, command = '']) => command);
/** Answers the names that one part of the tour sets in italics, in order, each once; refuses what it does not say next. */
const namesOf = (part: number) => {
  const text = tour.split(/^## /m)[part]?.replaceAll(/```sh\n[\s\S]*?```/g, '') ?? '';
  const names = [...text.matchAll(/(?<!\*)\*([^*\n]+)\*(?!\*)/g)].map(([, name = '']) => name);
  const take = (expected: string): string => {
    expect(names.shift(), `what the tour names before “${expected}”`).toBe(expected);
    return expected;
  };
  return { take, isDone: () => expect(names).toEqual([]) };
};

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const OWN = 'Hengjiang-7421';
const desk = (account: string) => openDesk(browser, site, account, desktop, 'en');
const follow = (page: Page, name: string): Promise<void> => page.getByRole('link', { name, exact: true }).first().click();
const fields = async (page: Page, values: Record<string, string>): Promise<void> => {
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value);
};
const enterWith = async (page: Page, account: string, password: string): Promise<void> => {
  await page.goto(`${site}/console/`);
  await page.locator('input').first().fill(account);
  await page.locator('input[type=password]').fill(password);
  await page.locator('button[type=submit]').click();
};

test('somebody leaves: joined, at work, out in one step, and nothing opens any more', async () => {
  const { take, isDone } = namesOf(1);
  const admin = await desk('admin');
  // The list comes later than all else: what a page does with an answer must not wait for it.
  await admin.page.route(/\/api\/people(\?|$)/, (route) => setTimeout(() => void route.continue(), 400));
  await follow(admin.page, take('Administration'));
  await follow(admin.page, take('Joiners, movers, leavers'));
  await fields(admin.page, { Name: '新人甲', 'User name': 'xinren01', Reason: 'begins today' });
  await admin.page.getByPlaceholder(/department or post/).fill('YC-GA-HZ');
  await admin.page.getByRole('checkbox', { name: /Window clerk/ }).first().check();
  await admin.page.getByRole('button', { name: take('Join'), exact: true }).click();
  const password = await admin.page.locator('.note.good code').nth(1).innerText();

  const context = await openWindow(browser, desktop, true, 'en');
  const newcomer = await context.newPage();
  await enterWith(newcomer, 'xinren01', password);
  const given = newcomer.locator('form.card input');
  await given.nth(2).waitFor();
  for (const [index, value] of [password, OWN, OWN].entries()) await given.nth(index).fill(value);
  await newcomer.locator('form.card button[type=submit]').click();
  await newcomer.getByText('English', { exact: true }).first().click();
  await newcomer.locator('.queues').getByRole('link', { name: new RegExp(`^${take('To do')}`) }).click();
  const free = newcomer.locator('.list tbody tr', { hasText: take('Unclaimed') }).first().getByRole('link').first();
  const number = (await free.innerText()).trim();
  await free.click();
  const claim = take('Claim');
  await newcomer.getByRole('button', { name: claim, exact: true }).click();
  await newcomer.getByRole('dialog').getByRole('button', { name: claim, exact: true }).click();
  await newcomer.getByRole('dialog').waitFor({ state: 'detached' });

  await admin.page.locator('.segments').getByText(take('Leave'), { exact: true }).click();
  await admin.page.getByRole('combobox').first().fill('xinren01');
  await admin.page.locator('.ant-select-item-option', { hasText: 'xinren01' }).click();
  await admin.page.getByRole('heading', { name: /has now/ }).waitFor();
  await admin.page.locator('.counted div', { hasText: 'Tasks in hand' }).getByText('1', { exact: true }).waitFor();
  const takers = admin.page.getByRole('group', { name: take('Tasks in hand go to') });
  await takers.getByRole('textbox').fill('window01');
  await expect.poll(() => takers.getByRole('radio').count()).toBe(1);
  await takers.getByRole('radio').first().check();
  await fields(admin.page, { Reason: 'left' });
  await admin.page.getByRole('button', { name: take('Leave'), exact: true }).click();
  await admin.page.locator('.note.good').waitFor();

  await newcomer.goto(`${site}/console/work`);
  await newcomer.locator('input[type=password]').waitFor();
  await enterWith(newcomer, 'xinren01', OWN);
  await newcomer.getByRole('alert').first().waitFor();
  await context.close();

  const successor = await desk('window01');
  await successor.page.locator('.queues').getByRole('link', { name: new RegExp(`^${take('Claimed by me')}`) }).click();
  await follow(successor.page, number);
  await successor.page.getByRole('tab', { name: take('History'), exact: true }).click();
  await successor.page.locator('.timeline .entry', { hasText: 'left' }).first().waitFor();
  isDone();
  await successor.close();
  await admin.close();
});

test('a stolen session: the commands of the tour as a thief, the alert, the lock, the evidence', async () => {
  const { take, isDone } = namesOf(2);
  const mayor = await desk('mayor');
  const cookie = (await mayor.page.context().cookies()).find(({ name }) => name === 'zw_console');
  const asThief = async (command: string): Promise<string[]> => {
    const text = `COOKIE='zw_console=${cookie?.value ?? ''}'\n${command.replace(/^COOKIE=.*$/m, '')}`.replaceAll('http://127.0.0.1:8081', site);
    return (await promisify(execFile)('bash', ['-c', text])).stdout.trim().split(/\s+/);
  };
  const answers = await asThief(commands[0] ?? '');
  expect(answers).toHaveLength(40);
  expect(new Set(answers)).toSatisfy((all: Set<string>) => [...all].every((one) => one === '404' || one === '401'));
  await expect.poll(() => asThief(commands[1] ?? ''), { timeout: 20_000 }).toEqual(['401']);

  const security = await desk('security');
  await follow(security.page, take('Security'));
  await security.page.goto(`${site}/console/security/alerts`);
  await security.page.getByRole('heading', { name: take('Alerts'), exact: true }).waitFor();
  await follow(security.page, take('Enumeration of ids'));
  await security.page.getByText('Signed out, must prove again').first().waitFor();
  await security.page.getByRole('button', { name: take('Take in hand') }).click();
  await security.page.getByRole('dialog').getByRole('button', { name: 'Take in hand' }).click();
  await security.page.getByRole('button', { name: take('Add a response') }).click();
  const dialog = security.page.getByRole('dialog');
  await dialog.getByRole('combobox').first().selectOption('lock');
  await dialog.getByLabel(/Reason/).fill('until the mayor was asked');
  await dialog.getByRole('button', { name: 'Do it', exact: true }).click();
  await security.page.getByText('Account locked').first().waitFor();
  expect(await security.page.getByRole('button', { name: take('Confirm as an attack') }).count()).toBe(1);

  const audit = await desk('audit');
  await audit.page.goto(`${site}/console/security/trail`);
  await audit.page.getByRole('heading', { name: take('Audit trail'), exact: true }).first().waitFor();
  await audit.page.getByText(/alert|Alert/).first().waitFor();
  isDone();
  for (const one of [mayor, security, audit]) await one.page.context().close();
});

test('the pages of policy and evidence, of drills, and of who has looked, under the names that the tour gives them', async () => {
  const chain = namesOf(3);
  const audit = await desk('audit');
  await follow(audit.page, chain.take('Security'));
  await audit.page.goto(`${site}/console/security/chain`);
  await audit.page.getByRole('heading', { name: chain.take('Chain'), exact: true }).waitFor();
  await audit.page.goto(`${site}/console/security/state`);
  await audit.page.getByRole('heading', { name: chain.take('State'), exact: true }).waitFor();
  chain.isDone();
  await audit.close();

  const drill = namesOf(4);
  const security = await desk('security');
  await follow(security.page, drill.take('Security'));
  await security.page.goto(`${site}/console/security/registers`);
  await security.page.getByRole('heading', { name: drill.take('Registers'), exact: true }).waitFor();
  await security.page.goto(`${site}/console/security/registers?register=drill`);
  await security.page.getByRole('link', { name: /停掉数据库/ }).first().click();
  const run = drill.take('Run the drill now');
  await security.page.getByRole('button', { name: run }).click();
  const dialog = security.page.getByRole('dialog');
  const confirm = dialog.getByLabel(/Number of the drill/);
  await confirm.fill(/\S+-\S+/.exec(await dialog.locator('label', { hasText: 'Number of the drill' }).innerText())?.[0] ?? '');
  await dialog.getByRole('button', { name: run }).click();
  await dialog.waitFor({ state: 'detached' });
  const proofs = security.page.locator('.gov-part', { has: security.page.getByRole('heading', { name: drill.take('Proofs'), exact: true }) });
  const measured = async (): Promise<string> => {
    await security.page.reload().catch(() => null);
    await security.page.locator('.gov-part').first().waitFor({ timeout: 5000 }).catch(() => null);
    return ((await proofs.count()) > 0 ? proofs : security.page.locator('body')).innerText({ timeout: 5000 }).catch(String);
  };
  await expect.poll(measured, { timeout: 150_000, interval: 1000 }).toMatch(/passed .*back after \d+(\.\d+)? s, target 30 s/);
  drill.isDone();
  await security.close();

  const looks = namesOf(5);
  const she = await openApplicant(browser, portal, desktop);
  await she.go('/en/sign-in');
  await she.signIn('citizen01');
  await she.page.getByRole('link', { name: looks.take('My space'), exact: true }).first().click();
  const looked = looks.take('Who has looked at my data');
  await she.page.getByRole('link', { name: looked, exact: true }).first().click();
  await she.page.getByRole('heading', { name: looked }).waitFor();
  looks.isDone();
  await she.close();
}, 240_000);
