import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { desktop, launch, phone, tablet, type Size } from './browser.ts';
import { openOffice } from './officials.ts';
import { openApplicant, type Applicant } from './walk.ts';

const { portal, site } = inject('addresses');
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

type Values = Record<string, string>;

/** Answers the questions of one page that are still open, by the names of their fields. */
const answer = async ({ page }: Applicant, given: Values): Promise<void> => {
  // Whoever founds a company alone is its shareholder too; their number stands on the page.
  const own = /\d{17}[\dX]/.exec(await page.getByRole('main').innerText())?.[0] ?? '';
  const values: Values = { 'shareholders.0.citizenNumber': own, ...given };
  const named = async (name: string): Promise<void> => {
    const value = values[name];
    if (value === undefined) return;
    const field = page.locator(`main [name="${name}"]`).first();
    const kind = await field.getAttribute('type');
    if (kind === 'radio' || kind === 'checkbox') await page.locator(`main [name="${name}"][value="${value}"]`).check();
    else if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  };
  const names = await page.locator('main form input:not([type=hidden]), main form select, main form textarea').evaluateAll((all) => [...new Set(all.map((one) => (one as HTMLInputElement).name))]);
  for (const name of names) await named(name);
};

const giveDay = async ({ page }: Applicant, label: RegExp, day: string): Promise<void> => {
  const group = page.getByRole('group', { name: label });
  if ((await group.count()) === 0) return;
  for (const [index, part] of ['年', '月', '日'].entries()) await group.getByLabel(part).fill(String(Number(day.split('-')[index])));
};

/** From the list of life events through the form, the papers and the check to the timeline; answers the case ids of what has begun. */
const apply = async (person: Applicant, event: string, account: string, values: Values, days: [RegExp, string][], papers: string[]): Promise<string[]> => {
  const { page } = person;
  await person.go('/life-events');
  await person.follow(event);
  expect(await page.getByRole('main').innerText()).toContain('相同的问题只问一次');
  await person.follow('登录并开始填写');
  await person.signIn(account);
  await person.press('开始填写');
  await page.locator('main .tasks a').first().waitFor();
  await person.follow((await page.locator('main .tasks a').first().innerText()).trim());
  for (let pages = 0; pages < 20 && /\/steps\//.test(page.url()); pages += 1) {
    await answer(person, values);
    for (const [label, day] of days) await giveDay(person, label, day);
    await person.press('保存并继续');
    expect(await page.title(), await page.getByRole('main').innerText()).not.toMatch(/^错误：/);
  }
  expect(await person.heading()).toBe(event);
  if (papers.length > 0) {
    await person.follow('申请材料');
    for (const paper of papers) await person.give(paper);
    await person.follow('继续');
  }
  await person.follow('检查并提交');
  await page.getByLabel(/我确认以上内容真实/).check();
  await person.press('一次提交');
  expect(await page.getByRole('status').first().innerText()).toContain('已提交');
  return page.locator('main a[href*="/cases/"]').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href.split('/').at(-1) ?? ''));
};

/** Loads the page again until every part has ended well. */
const untilDone = async (person: Applicant, parts: number): Promise<void> => {
  const done = person.page.locator('main .tag', { hasText: '办结（予以许可）' });
  for (let tries = 0; tries < 40 && (await done.count()) < parts; tries += 1) {
    await person.page.waitForTimeout(250);
    await person.page.reload();
  }
  expect(await done.count()).toBe(parts);
};

const untilBegun = async (person: Applicant, parts: number): Promise<string> => {
  const begun = person.page.locator('main a[href*="/cases/"]');
  for (let tries = 0; tries < 40 && (await begun.count()) < parts; tries += 1) {
    await person.page.waitForTimeout(250);
    await person.page.reload();
  }
  return ((await begun.last().getAttribute('href')) ?? '').split('/').at(-1) ?? '';
};

const yesterday = new Date(Date.now() - 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);

describe('life events, without JavaScript, one form and one timeline', () => {
  const sizes: Record<string, Size> = { move: phone, birth: tablet, retire: phone, company: desktop };
  const office = openOffice(site);

  test('搬家', async () => {
    const person = await openApplicant(browser, portal, sizes['move'] as Size);
    const values = { newDivision: '990103', newAddress: '云川市云麓区书院路8号', phone: '12500000002', movers: 'alone', truthful: 'true' };
    const [household = '', driver = ''] = await apply(person, '搬家', 'citizen02', values, [[/哪天搬的/, yesterday]], ['新住处证明']);
    await office.decide('reviewer01', household, 'accept');
    await office.decide('traffic01', driver, 'accept');
    await untilDone(person, 2);
    await person.close();
  });

  test('新生儿出生: the insurance begins by itself', async () => {
    const person = await openApplicant(browser, portal, sizes['birth'] as Size);
    const values = { certificateNumber: 'A990000777', childName: '林小满', childSex: '女', phone: '12500000001', joinsMine: 'true', payBy: 'account' };
    const [birth = ''] = await apply(person, '新生儿出生', 'citizen01', values, [[/出生日期/, yesterday]], ['出生医学证明']);
    await office.decide('reviewer01', birth, 'accept');
    await office.decide('social01', await untilBegun(person, 2), 'accept');
    await untilDone(person, 2);
    await person.close();
  });

  test('退休', async () => {
    const person = await openApplicant(browser, portal, sizes['retire'] as Size);
    const values = { workKind: 'employee', paidYears: '31', bankAccount: '6200000000000000', phone: '12500000006' };
    const [pension = '', card = ''] = await apply(person, '退休', 'citizen06', values, [[/退休日期/, '2026-12-01']], ['人像照片']);
    await office.decide('social01', pension, 'accept');
    await office.decide('health01', card, 'accept');
    await untilDone(person, 2);
    await person.close();
  });

  test('开办企业: the housing fund follows the licence', async () => {
    const person = await openApplicant(browser, portal, sizes['company'] as Size);
    const values = {
      companyName: '云川小满软件有限公司', companyType: 'sole', scopeItems: 'software', division: '990102', address: '听潮路9号', premises: 'owned', capital: '1000000', termYears: '0',
      'shareholders.0.name': '林知夏', 'shareholders.0.share': '100', taxpayerKind: 'small', seals: 'official', employees: '3', phone: '12500000001', rate: '8',
    };
    const [company = ''] = await apply(person, '开办企业', 'citizen01', values, [], ['公司章程', '住所使用证明']);
    for (const [who, outcome] of [['window01', 'accept'], ['market01', 'pass'], ['market02', 'approve']] as const) await office.decide(who, company, outcome);
    for (const who of ['seal01', 'tax01', 'social01']) await office.decide(who, company, 'done');
    await office.decide('building01', await untilBegun(person, 2), 'accept');
    await untilDone(person, 2);
    await person.close();
  });
});
