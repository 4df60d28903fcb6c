import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Browser } from 'playwright-core';
import * as api from '@zhengwu/contracts';
import { makeCity } from '@zhengwu/demo';
import { desktop, launch, phone, type Size } from './browser.ts';
import { caseIdOf, payAtBank, reloadUntil, verifyLicences } from './finish.ts';
import { key, openOffice } from './officials.ts';
import { openApplicant, ownPassword, type Applicant } from './walk.ts';

const { portal, site } = inject('addresses');
const office = openOffice(site);
let browser: Browser;
let stranger: Applicant;
beforeAll(async () => {
  browser = await launch();
  stranger = await openApplicant(browser, portal, desktop);
});
afterAll(() => browser.close());

/** From the home page, in English, to the first page of an application. */
const begin = async (person: Applicant, account: string, words: string, service: RegExp): Promise<void> => {
  await person.go('/en/');
  await person.page.getByRole('main').getByRole('searchbox').fill(words);
  await person.press('Search');
  await person.follow(service);
  await person.follow(/^Apply: /);
  await person.follow('Sign in and begin');
  await person.signIn(account);
  await person.press('Begin');
  await person.press('Save and continue');
};

/** Papers, check, submit; answers the case. */
const submit = async (person: Applicant): Promise<string> => {
  await person.give(/Portrait/, 'me.png');
  await person.press('Continue');
  expect(await person.heading()).toBe('Check your answers');
  await person.page.getByLabel(/^I confirm/).check();
  await person.press('Submit');
  expect(await person.heading()).toBe('Application submitted');
  const id = caseIdOf(person);
  await person.follow('See progress');
  return id;
};

const renew = async (account: string, size: Size): Promise<{ person: Applicant; caseId: string }> => {
  const person = await openApplicant(browser, portal, size);
  await begin(person, account, 'renewal', /Renewal/i);
  await person.page.getByLabel(/no illness/).check();
  await person.page.getByLabel('Electronic licence only').check();
  await person.press('Save and continue');
  return { person, caseId: await submit(person) };
};

const withLicence = async (person: Applicant): Promise<void> => {
  await reloadUntil(person, 'Download PDF');
  expect(await verifyLicences(browser, person, stranger)).toEqual([expect.stringMatching(/driver/i)]);
  await person.close();
};

/** Somebody of the city who has passed everything, is fit, and has no account yet. */
const findLearner = (): { number: string; name: string } => {
  const { residents, records } = makeCity({ today: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10) });
  const keys = (register: string, field: string, value: string): Set<string> =>
    new Set(records.filter((record) => record.register === register && record.data[field] === value).map((record) => record.key));
  const [passed, fit, drivers] = [keys('driving-examinations', 'result', 'passed'), keys('physical-exams', 'result', 'fit'), keys('driver-licences', 'status', 'valid')];
  const found = residents.find((one) => one.username === null && passed.has(one.number) && fit.has(one.number) && !drivers.has(one.number));
  if (!found) throw new Error('the city has no learner');
  return found;
};

describe('机动车驾驶证', () => {
  test('renewal on a phone: decided from registers, paid, the licence there within seconds, and no hand has touched it', async () => {
    const { person, caseId } = await renew('citizen02', phone);
    await payAtBank(person, '10.00');
    await reloadUntil(person, 'Download PDF');
    const { tasks } = await (await office.official('traffic02')).call(api.openCase, { params: { id: caseId } });
    expect(tasks).toEqual([]);
    await withLicence(person);
  });

  test('renewal on a desktop with an open violation: goes to a person, who sees why', async () => {
    const { person, caseId } = await renew('citizen03', desktop);
    const { detail } = await office.taskFor('traffic03', caseId, 'decide');
    expect(detail.facts.some((fact) => fact.severity !== 'ok')).toBe(true);
    await office.decide('traffic03', caseId, 'accept');
    await office.decide('traffic02', caseId, 'approve');
    await person.page.reload();
    await payAtBank(person, '10.00');
    await withLicence(person);
  });

  test('first issue on a desktop: the examination from its register, one appointment, begun online', async () => {
    const person = await openApplicant(browser, portal, desktop);
    await begin(person, 'citizen04', 'first licence', /First issue|Initial|First/i);
    expect(await person.page.getByRole('main').innerText()).toContain('C1');
    await person.page.getByLabel(/no illness/).check();
    await person.press('Save and continue');
    await person.page.getByRole('radio').first().check();
    await person.press('Save and continue');
    await person.page.getByLabel('Electronic licence only').check();
    await person.press('Save and continue');
    const caseId = await submit(person);
    expect(await person.page.getByRole('main').innerText()).toContain('Please come to');
    await office.decide('traffic03', caseId, 'accept');
    await office.decide('traffic01', caseId, 'pass');
    await office.decide('traffic02', caseId, 'approve');
    await person.page.reload();
    await payAtBank(person, '10.00');
    await withLicence(person);
  });

  test('first issue on a phone: begun at the window, the same case afterwards online', async () => {
    const learner = findLearner();
    const service = 'driver-licence-first-issue';
    const clerk = await office.official('traffic03');
    const form = await clerk.call(api.intakeForm, { params: { service }, query: { identifier: learner.number } });
    const slot = form.slots?.['appointment']?.[1]?.value;
    const { caseId } = await clerk.call(api.intakeCase, {
      params: { service },
      body: {
        applicant: { kind: 'person', identifier: learner.number, name: learner.name }, materials: [await office.take('traffic03', service, 'portrait-photo')],
        values: { medicalDeclared: true, appointment: slot, phone: '12500000009', delivery: 'none' },
      },
      idempotencyKey: key(),
    });
    const person = await openApplicant(browser, portal, phone);
    await person.go('/en/');
    await person.register({ ...learner, account: 'learner01' });
    await person.signIn('learner01', ownPassword);
    await person.go(`/en/cases/${caseId}`);
    expect(await person.page.getByRole('main').innerText()).toContain('Please come to');
    await office.decide('traffic03', caseId, 'accept');
    await office.decide('traffic01', caseId, 'pass');
    await office.decide('traffic02', caseId, 'approve');
    await person.page.reload();
    await payAtBank(person, '10.00');
    await withLicence(person);
  });
});
