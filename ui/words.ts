import { inLanguage, type Language, type Text } from '@zhengwu/contracts';

/** What the components themselves say. */
export const words = {
  skip: { zh: '跳到主要内容', en: 'Skip to main content' },
  search: { zh: '搜索', en: 'Search' },
  searchLabel: { zh: '搜索办事服务', en: 'Search services' },
  mainMenu: { zh: '主菜单', en: 'Main menu' },
  pageTools: { zh: '页面工具', en: 'Page tools' },
  breadcrumbs: { zh: '当前位置', en: 'You are here' },
  elderOn: { zh: '长辈版', en: 'Large print' },
  elderOff: { zh: '返回标准版', en: 'Standard version' },
  readAloud: { zh: '朗读本页', en: 'Read aloud' },
  stopReading: { zh: '停止朗读', en: 'Stop reading' },
  signIn: { zh: '登录', en: 'Sign in' },
  signOut: { zh: '退出', en: 'Sign out' },
  demo: { zh: '演示站点：人物、企业、数据均为虚构', en: 'Demonstration site: all people, companies and data are fictional' },
  actingFor: { zh: '您正在代 {name} 办事', en: 'You are acting for {name}' },
  change: { zh: '更改', en: 'Change' },
  reportError: { zh: '我为政府网站找错', en: 'Report an error on this site' },
  siteCode: { zh: '政府网站标识码', en: 'Site identification code' },
  owner: { zh: '主办单位', en: 'Run by' },
  contact: { zh: '联系电话', en: 'Phone' },
  filing: { zh: 'ICP备案号', en: 'ICP filing' },
  police: { zh: '公安备案号', en: 'Police filing' },
  placeholder: { zh: '演示站点，未备案', en: 'demonstration site, not filed' },
  sample: { zh: '样例', en: 'SAMPLE' },
  problemTitle: { zh: '有内容需要您改一下', en: 'There is something to put right' },
  errorPrefix: { zh: '错误：', en: 'Error: ' },
  optional: { zh: '（选填）', en: ' (optional)' },
  year: { zh: '年', en: 'Year' },
  month: { zh: '月', en: 'Month' },
  day: { zh: '日', en: 'Day' },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
  yuan: { zh: '元', en: 'CNY' },
  choose: { zh: '请选择', en: 'Choose' },
  stepOf: { zh: '第{step}步，共{count}步', en: 'Step {step} of {count}' },
  previousPage: { zh: '上一页', en: 'Previous page' },
  firstPage: { zh: '回到第一页', en: 'Back to the first page' },
  nextPage: { zh: '下一页', en: 'Next page' },
  pages: { zh: '翻页', en: 'Pages' },
  entry: { zh: '第{n}位', en: 'Person {n}' },
  addEntry: { zh: '再添加一位', en: 'Add another' },
  removeEntry: { zh: '删除第{n}位', en: 'Remove person {n}' },
  noSlots: {
    zh: '目前没有可预约的时间，请稍后再来，或拨打页面底部的电话。',
    en: 'No time is free at the moment. Come back later, or phone the number at the foot of the page.',
  },
  division: { zh: '所在区', en: 'District' },
  street: { zh: '街道、路名和门牌号', en: 'Street and number' },
  detail: { zh: '楼栋、单元、房号', en: 'Building and room' },
  fromSource: { zh: '已从“{source}”为您填好', en: 'Filled in for you from “{source}”' },
  validFrom: { zh: '签发日期', en: 'Issued on' },
  validUntil: { zh: '有效期至', en: 'Valid until' },
  longTerm: { zh: '长期', en: 'No end date' },
  holder: { zh: '持有人', en: 'Holder' },
  issuer: { zh: '签发机关', en: 'Issued by' },
  licenceNumber: { zh: '证照标识', en: 'Licence id' },
} as const satisfies Record<string, Text>;
export type Word = keyof typeof words;

/** Puts `{name}` parameters into a wording. */
export const fill = (wording: string, params: Record<string, string | number> = {}): string =>
  wording.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));

/** One wording of the components in a language. */
export const say = (word: Word, lang: Language, params?: Record<string, string | number>): string => fill(inLanguage(words[word], lang), params);
