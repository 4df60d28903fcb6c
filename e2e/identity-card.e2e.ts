import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { desktop, launch, phone } from './browser.ts';
import { openDesk } from './desk.ts';
import { caseIdOf, payAtBank, rate, readCode, reloadUntil, verifyLicences } from './finish.ts';
import { openOffice } from './officials.ts';
import { openApplicant, type Applicant } from './walk.ts';

const { portal, site } = inject('addresses');
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** From the home page through guide and pre-check to the first page of the application. */
const find = async (person: Applicant, account: string): Promise<void> => {
  await person.go('/');
  await person.page.getByRole('main').getByRole('searchbox').fill('身份证');
  await person.press('搜索');
  await person.follow('补办居民身份证');
  await person.follow('看看我能不能办');
  const { page } = person;
  await page.getByRole('group', { name: '您的户口在哪里？' }).getByLabel('其他地方').check();
  await page.getByRole('group', { name: '为什么要办新证？' }).getByLabel('丢失').check();
  await page.getByLabel('为本人办理').check();
  await page.getByLabel('持证人多大年纪？').fill('29');
  await person.press('看结果');
  expect(await person.heading()).toBe('您目前不能申请补办居民身份证');
  await page.goBack();
  await page.getByRole('group', { name: '您的户口在哪里？' }).getByLabel('云川市').check();
  await person.press('看结果');
  expect(await person.heading()).toBe('您可以申请补办居民身份证');
  await person.follow('登录并开始填写');
  await person.signIn(account);
  await person.press('开始填写');
};

const giveDay = async (page: Page, day: string): Promise<void> => {
  const parts = day.split('-').map((part) => String(Number(part)));
  const group = page.getByRole('group', { name: /什么时候丢失/ });
  for (const [index, label] of ['年', '月', '日'].entries()) await group.getByLabel(label).fill(parts[index] ?? '');
};

const isoDay = (daysFromNow: number): string => new Date(Date.now() + daysFromNow * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);

/** Fills in, submits, and answers the case's id and number; on its page afterwards. */
const apply = async (person: Applicant): Promise<{ id: string; number: string }> => {
  const { page } = person;
  await person.press('保存并继续');

  // A day that has not come is refused where it was given, and the rest of the answers stay.
  await page.getByRole('group', { name: '补领原因' }).getByLabel('丢失').check();
  await person.press('保存并继续');
  await giveDay(page, isoDay(3));
  await page.getByLabel(/我确认原证件/).check();
  await person.press('保存并继续');
  expect(await page.title()).toMatch(/^错误：/);
  expect(await page.locator('.field.bad', { hasText: '丢失的' }).locator('.error').innerText()).toContain('丢失日期不能晚于今天');
  expect(await page.getByRole('group', { name: '补领原因' }).getByLabel('丢失').isChecked()).toBe(true);
  await giveDay(page, isoDay(-1));
  await person.press('保存并继续');

  await page.getByLabel('联系电话').fill('12500000001');
  await page.getByLabel('到户籍窗口领取').check();
  await person.press('保存并继续');
  expect(await person.heading()).toBe('申请材料');
  expect(await page.locator('section.card', { hasText: '户口登记' }).innerText()).toContain('不用提交');
  await person.give('人像照片', '我的照片.png');
  await person.press('继续');
  expect(await person.heading()).toBe('检查您的申请');
  await person.press('提交申请');
  expect(await page.title()).toMatch(/^错误：/);
  await page.getByLabel(/我确认以上内容真实/).check();
  await person.press('提交申请');
  expect(await person.heading()).toBe('申请已提交');
  const id = caseIdOf(person);
  expect(await readCode(browser, page.getByRole('img', { name: /二维码/ }))).toBe(`${portal}/cases/${id}`);
  const number = (await page.locator('.panel .number').innerText()).trim();
  await person.follow('查看进度');
  return { id, number };
};

/** What was asked for, with its reason, and nothing else (行政许可法 §32). */
const correct = async (person: Applicant): Promise<void> => {
  await reloadUntil(person, '补正材料');
  await person.follow('补正材料');
  expect(await person.page.getByRole('main').innerText()).toContain('照片背景不是白色');
  await person.give('人像照片', '白底照片.png');
  await person.press('提交补正');
};

const receive = async (person: Applicant, stranger: Applicant): Promise<void> => {
  await reloadUntil(person, '缴费');
  await payAtBank(person, '40.00');
  await reloadUntil(person, '下载 PDF');
  expect(await verifyLicences(browser, person, stranger)).toEqual(['居民身份证']);
  await rate(person);
  await person.close();
  await stranger.close();
};

describe('补办居民身份证', () => {
  test('on a phone, for the elderly: from the home page to the verified card, corrected once', async () => {
    const person = await openApplicant(browser, portal, phone);
    const stranger = await openApplicant(browser, portal, phone);
    await person.go('/');
    await person.enlarge();
    const size = await person.page.getByRole('main').evaluate((main) => Number.parseFloat(getComputedStyle(main).fontSize));
    expect(size).toBeGreaterThanOrEqual(18);
    await find(person, 'citizen06');
    const { id } = await apply(person);
    const office = openOffice(site);
    await office.askCorrection('window01', id, 'portrait-photo', '照片背景不是白色');
    await correct(person);
    await office.decide('window01', id, 'accept');
    await office.decide('reviewer01', id, 'pass');
    await office.decide('approver01', id, 'approve');
    await receive(person, stranger);
  });

  test('on a desktop: applicant at the portal, officials at the console', async () => {
    const person = await openApplicant(browser, portal, desktop);
    const stranger = await openApplicant(browser, portal, desktop);
    await find(person, 'citizen01');
    expect(await person.page.getByRole('main').innerText()).toContain('林知夏');
    const { number } = await apply(person);
    const window = await openDesk(browser, site, 'window01', desktop);
    await window.open(number);
    await window.askCorrection('人像照片', '照片背景不是白色');
    await correct(person);
    await window.open(number);
    await window.decide('受理');
    await window.close();
    for (const [account, outcome] of [['reviewer01', '审核通过'], ['approver01', '批准']] as const) {
      const desk = await openDesk(browser, site, account, desktop);
      await desk.open(number);
      await desk.decide(outcome);
      await desk.close();
    }
    await receive(person, stranger);
  });
});
