import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const phone = { width: 390, height: 844 } as const;
export const tablet = { width: 768, height: 1024 } as const;
export const desktop = { width: 1440, height: 900 } as const;
export type Size = { width: number; height: number };

export const launch = (): Promise<Browser> => {
  const executablePath = [process.env['CHROMIUM_PATH'], ...places].find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('no Chromium is installed: see tools/browser.js');
  return chromium.launch({ executablePath, args: flags });
};

/** A window of its own: nobody is signed in there. */
export const openWindow = async (browser: Browser, size: Size, script: boolean, lang = 'zh-CN'): Promise<BrowserContext> => {
  const context = await browser.newContext({ viewport: size, javaScriptEnabled: script, locale: lang, timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', acceptDownloads: true });
  context.setDefaultTimeout(10_000);
  return context;
};
