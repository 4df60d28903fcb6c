import type { Text } from '@zhengwu/contracts';
import Bowser from 'bowser';

/** Names that people here know better than the library's. */
const known: Readonly<Record<string, string>> = { WeChat: '微信', 'QQ Browser': 'QQ 浏览器', 'UC Browser': 'UC 浏览器', 'Samsung Internet for Android': '三星浏览器', 'Microsoft Edge': 'Edge', 'Android Browser': '安卓自带浏览器', macOS: 'macOS', iOS: 'iOS' };
const MOST = 300;

/** What a `User-Agent` says, for people: “Chrome 141 on Windows”. It is what the caller claims, nothing more; a program that is no browser is called by its own first word. */
export const browserOf = (agent: string): Text => {
  const given = agent.slice(0, MOST);
  const { browser: { name, version }, os } = given === '' ? { browser: {}, os: {} } as ReturnType<typeof Bowser.parse> : Bowser.parse(given);
  const program = /^[\w.-]{1,30}(\/[\w.-]{1,20})?/.exec(given)?.[0];
  if (!name) return program ? { zh: `程序 ${program}`, en: `the program ${program}` } : { zh: '未识别的浏览器', en: 'an unknown browser' };
  const major = version?.split('.')[0] ?? '';
  const [zh, en] = [`${known[name] ?? name} ${major}`.trim(), `${name} ${major}`.trim()];
  return os.name ? { zh: `${zh}（${os.name}）`, en: `${en} on ${os.name}` } : { zh, en };
};
