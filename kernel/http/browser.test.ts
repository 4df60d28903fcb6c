import fc from 'fast-check';
import { expect, test } from 'vitest';
import { browserOf } from './browser.ts';

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36', 'Chrome 141（Windows）', 'Chrome 141 on Windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1', 'Safari 18（iOS）', 'Safari 18 on iOS'],
  ['Mozilla/5.0 (Linux; Android 12; V2118A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160117 MMWEBSDK/20240404 MicroMessenger/8.0.49.2600(0x2800313D) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN', '微信 8（Android）', 'WeChat 8 on Android'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140（Linux）', 'Firefox 140 on Linux'],
  ['curl/8.5.0', '程序 curl/8.5.0', 'the program curl/8.5.0'],
  ['', '未识别的浏览器', 'an unknown browser'],
])('%s is told in words', (agent, zh, en) => {
  expect(browserOf(agent)).toEqual({ zh, en });
});

test('whatever a caller claims, there are words for it, and no longer ones than a list holds', () => {
  fc.assert(fc.property(fc.string({ maxLength: 400, unit: 'binary' }), (agent) => {
    const { zh, en } = browserOf(agent);
    expect(zh.length).toBeGreaterThan(0);
    expect(en.length).toBeLessThan(160);
  }));
});
