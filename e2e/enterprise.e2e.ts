import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { desktop, launch, phone, type Size } from './browser.ts';
import { caseIdOf, reloadUntil, verifyLicences } from './finish.ts';
import { openOffice } from './officials.ts';
import { openApplicant, type Applicant } from './walk.ts';

const { portal, site } = inject('addresses');
const office = openOffice(site);
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

interface Founder {
  account: string;
  name: string;
  company: string;
}

const begin = async (person: Applicant, founder: Founder): Promise<string> => {
  const { page } = person;
  await person.go('/');
  await page.getByRole('main').getByRole('searchbox').fill('开公司');
  await person.press('搜索');
  await person.follow('企业设立登记');
  await person.follow(/^申请/);
  await person.follow('登录并开始填写');
  await person.signIn(founder.account);
  await person.press('开始填写');

  await page.getByLabel('企业名称').fill(founder.company);
  await page.getByLabel('有限责任公司（自然人独资）').check();
  await person.press('保存并继续');
  await page.getByLabel('软件开发').check();
  await person.press('保存并继续');
  await page.getByLabel('鹭汀区').check();
  await page.getByLabel('住所').fill('云川市鹭汀区听潮路8号');
  await page.getByLabel('租赁').check();
  await page.getByLabel('注册资本').fill('1000000');
  await page.getByLabel(/营业期限/).fill('0');
  await person.press('保存并继续');
  return /\d{17}[\dX]/.exec(await page.getByRole('main').innerText())?.[0] ?? '';
};

const apply = async (person: Applicant, founder: Founder): Promise<string> => {
  const { page } = person;
  const number = await begin(person, founder);
  const row = page.getByRole('group', { name: /第.*1|1/ }).last();
  await row.getByLabel('姓名').fill(founder.name);
  await row.getByLabel('公民身份号码').fill(number);
  await row.getByLabel('比例（%）').fill('90');
  await person.press('保存并继续');
  expect(await page.title()).toMatch(/^错误：/);
  expect(await page.getByRole('main').innerText()).toContain('股东出资比例之和须为 100');
  await row.getByLabel('比例（%）').fill('100');
  await person.press('保存并继续');
  await page.getByLabel('小规模纳税人').check();
  await page.getByLabel('法定名称章').check();
  await page.getByLabel('预计参保人数').fill('3');
  await person.press('保存并继续');
  await page.getByLabel('联系电话').fill('12500000001');
  await person.press('保存并继续');
  await person.give('公司章程', '章程.png');
  await person.give('住所使用证明', '住所.png');
  await person.press('继续');
  await page.getByLabel(/我确认以上内容真实/).check();
  await person.press('提交申请');
  expect(await person.heading()).toBe('申请已提交');
  const caseId = caseIdOf(person);
  await person.follow('查看进度');
  return caseId;
};

/** Registration, then tax, seals and social insurance at the same time, in any order. */
const handle = async (caseId: string, order: readonly string[]): Promise<void> => {
  await office.decide('window01', caseId, 'accept');
  await office.decide('market01', caseId, 'pass');
  await office.decide('market02', caseId, 'approve');
  for (const account of order) await office.decide(account, caseId, 'done');
};

describe('企业设立登记', () => {
  test.each<[string, Size, Founder, string[]]>([
    ['desktop', desktop, { account: 'citizen01', name: '林知夏', company: '云川清溪软件有限公司' }, ['seal01', 'tax01', 'social01']],
    ['phone', phone, { account: 'citizen02', name: '周远航', company: '云川远帆软件有限公司' }, ['social01', 'seal01', 'tax01']],
  ])('on a %s: name and shares checked, three departments in parallel, code assigned, four licences verified', async (_name, size, founder, order) => {
    const person = await openApplicant(browser, portal, size);
    const stranger = await openApplicant(browser, portal, size);
    const caseId = await apply(person, founder);
    await handle(caseId, order);
    await reloadUntil(person, '下载 PDF');
    const names = await verifyLicences(browser, person, stranger);
    expect(names).toHaveLength(4);
    expect(await stranger.page.getByRole('main').innerText()).toContain(founder.company);
    await person.close();
    await stranger.close();
  });

  test('a name that is taken is refused at its field as soon as it is given', async () => {
    const person = await openApplicant(browser, portal, desktop);
    await person.go('/services/enterprise-establishment/start');
    await person.follow('登录并开始填写');
    await person.signIn('citizen03');
    await person.press('开始填写');
    await person.page.getByLabel('企业名称').fill('云川清溪软件有限公司');
    await person.page.getByLabel('有限责任公司', { exact: true }).check();
    await person.press('保存并继续');
    expect(await person.page.title()).toMatch(/^错误：/);
    expect(await person.page.locator('.field.bad .error').innerText()).toContain('已被登记');
    await person.close();
  });
});
