// node tools/run.js e2e/pictures.ts: makes docs/pictures/portal.png and console.png anew, from a demo city of its own.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { demoPassword } from '@zhengwu/demo';
import { desktop, launch, openWindow } from './browser.ts';
import { startCity } from './system.ts';

const folder = join(import.meta.dirname, '../docs/pictures');
const mostBytes = 250_000;

const keep = async (page: Page, name: string): Promise<void> => {
  const picture = await page.screenshot();
  if (picture.length > mostBytes) throw new Error(`${name} has ${String(picture.length)} bytes, more than ${String(mostBytes)}`);
  await writeFile(join(folder, name), picture);
  process.stdout.write(`${name}: ${String(picture.length)} bytes\n`);
};

const portalPicture = async (page: Page, address: string): Promise<void> => {
  await page.goto(address, { waitUntil: 'networkidle' });
  await keep(page, 'portal.png');
};

const consolePicture = async (page: Page, address: string): Promise<void> => {
  await page.goto(`${address}/console/`);
  await page.locator('input').first().fill('window01');
  await page.locator('input[type=password]').fill(demoPassword);
  await page.locator('button[type=submit]').click();
  await page.locator('.list tbody tr').nth(5).waitFor();
  await keep(page, 'console.png');
};

const city = await startCity();
const browser = await launch();
try {
  await portalPicture(await (await openWindow(browser, desktop, true)).newPage(), city.addresses.portal);
  await consolePicture(await (await openWindow(browser, desktop, true)).newPage(), city.addresses.site);
} finally {
  await browser.close();
  await city.stop();
}
