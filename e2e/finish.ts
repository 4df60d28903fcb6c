import { expect } from 'vitest';
import jsQR from 'jsqr';
import type { Browser, Locator } from 'playwright-core';
import { openWindow } from './browser.ts';
import type { Applicant } from './walk.ts';

/** Reads the QR code in a picture of an element, as a phone would. */
export const readCode = async (browser: Browser, element: Locator): Promise<string> => {
  const picture = await element.screenshot({ scale: 'device' });
  const context = await openWindow(browser, { width: 300, height: 300 }, true);
  const page = await context.newPage();
  const { data, width, height } = await page.evaluate(async (base64) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    const drawing = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    drawing.drawImage(image, 0, 0);
    return { data: [...drawing.getImageData(0, 0, image.width, image.height).data], width: image.width, height: image.height };
  }, picture.toString('base64'));
  await context.close();
  return jsQR(Uint8ClampedArray.from(data), width, height)?.data ?? '';
};

/** The id of the case that the address bar shows. */
export const caseIdOf = (person: Applicant): string => /\/cases\/([0-9a-f-]{36})/.exec(person.page.url())?.[1] ?? '';

/** Loads the page again until it says so, a quarter of a minute at most: work in the background takes its time. */
export const reloadUntil = async (person: Applicant, words: string | RegExp): Promise<void> => {
  await expect.poll(async () => {
    await person.page.reload();
    return person.page.getByRole('main').innerText();
  }, { timeout: 15_000, interval: 300 }).toMatch(words);
};

/** From the case page to the bank and back, as somebody without JavaScript goes. */
export const payAtBank = async (person: Applicant, yuan: string): Promise<void> => {
  await person.follow(/缴费|Pay the fee/);
  expect(await person.page.getByRole('main').innerText()).toContain(yuan);
  await person.page.getByRole('main').getByRole('button', { name: /支付|Pay/ }).click();
  await person.page.waitForURL(/\/api\/sandbox\//);
  await person.page.getByRole('link', { name: '确认支付 Pay' }).click();
  await person.page.waitForURL(`${person.origin}/**`);
  expect(await person.heading()).toMatch(/缴费成功|Paid/);
  await person.follow(/查看进度|See progress/);
};

/** Opens each licence of a closed case, downloads its PDF, follows its QR code as a stranger, and answers the names. */
export const verifyLicences = async (browser: Browser, person: Applicant, stranger: Applicant): Promise<string[]> => {
  const address = person.page.url();
  const links = await person.page.locator('section[aria-labelledby=results] a.title').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
  const names: string[] = [];
  for (const path of links.filter((href) => href.includes('/my/licences/'))) {
    await person.go(path);
    names.push(await person.heading());
    const pdf = await person.context.request.get(`${person.origin}${path}/pdf`);
    expect(pdf.headers()['content-type']).toBe('application/pdf');
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
    const code = await readCode(browser, person.page.getByRole('img', { name: /二维码|QR/ }));
    const [id, printed] = [decodeURIComponent(path.split('/').at(-1) ?? ''), new URL(code)];
    // The page's own language goes along.
    expect(`${printed.origin}${decodeURIComponent(printed.pathname)}`).toBe(`${person.origin}${path.startsWith('/en/') ? '/en' : ''}/verify/${id}`);
    expect(printed.searchParams.get('c')).toMatch(/^\S{8,9}$/);
    await stranger.go(code);
    expect(await stranger.heading()).toMatch(/真实|有效|Genuine/);
  }
  await person.go(address);
  return names;
};

/** Rates a closed case; first without choosing, which is told at the field. */
export const rate = async (person: Applicant): Promise<void> => {
  await person.follow(/评价|Rate/);
  await person.press(/提交评价|Send/);
  expect(await person.page.title()).toMatch(/^(错误：|Error: )/);
  await person.page.getByRole('radio').first().check();
  await person.press(/提交评价|Send/);
  expect(await person.heading()).toMatch(/谢谢|Thank/);
};
