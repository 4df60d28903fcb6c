// Finds a Chromium for the browser tests and the Chinese font they need; installs Debian's when root.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { aptInstall, mayInstall } from './programs.js';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/snap/bin/chromium'];

export const findChromium = () => [process.env.CHROMIUM_PATH, ...places].find((path) => path && existsSync(path)) ?? null;

const hasChineseFont = () => {
  const listed = spawnSync('fc-list', [':lang=zh-cn', 'file'], { encoding: 'utf8' });
  if (!listed.error) return listed.stdout.trim() !== '';
  return ['/usr/share/fonts/opentype/noto', '/usr/share/fonts/truetype/noto'].some((folder) => existsSync(folder) && readdirSync(folder).some((file) => /CJK/.test(file)));
};

/** Path of a Chromium that shows Chinese; throws one line that says how to get it. */
export const ensureBrowser = () => {
  const missing = [...(findChromium() ? [] : ['chromium']), ...(hasChineseFont() ? [] : ['fonts-noto-cjk'])];
  if (missing.length > 0) {
    const installed = mayInstall() && aptInstall(missing);
    if (!installed) throw new Error(`the browser tests need ${missing.join(' and ')}: run "sudo apt-get install ${missing.join(' ')}", or set CHROMIUM_PATH`);
  }
  return findChromium();
};
