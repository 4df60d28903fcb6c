import type { Rule, RuleText } from './rule.ts';

const say = (name: [string, string], about: [string, string], measure: [string, string]): RuleText => {
  const text = ([zh, en]: [string, string]) => ({ zh, en });
  return { name: text(name), about: text(about), measure: text(measure) };
};

/** The rules as they come (version 0). The security administrator changes their settings; what they count is code. */
export const RULES: readonly Rule[] = [
  {
    id: 'brute-force', version: 0, group: 'account', shape: { kind: 'count', of: ['refused'] },
    settings: { isOn: true, threshold: 10, windowSeconds: 600, severity: 'high', responses: [{ kind: 'block', minutes: 15 }] },
    text: say(['暴力猜测密码', 'Guessing one password'], ['同一账号在短时间内多次登录失败。账号自身的锁定照常生效，此外封禁来源地址。', 'Many refused sign-ins to one account. The account’s own lock holds as ever; the addresses are blocked beside it.'], ['次登录失败', 'refused sign-ins']),
  },
  {
    id: 'credential-stuffing', version: 0, group: 'address', shape: { kind: 'count', of: ['refused'], distinct: 'account' },
    settings: { isOn: true, threshold: 10, windowSeconds: 600, severity: 'high', responses: [{ kind: 'block', minutes: 30 }] },
    text: say(['撞库', 'Credential stuffing'], ['同一地址接连尝试许多不同的账号。', 'One address tries many different accounts.'], ['个不同账号', 'different accounts']),
  },
  {
    id: 'enumeration', version: 0, group: 'caller', shape: { kind: 'count', of: ['absent'], distinct: 'subject' },
    settings: { isOn: true, threshold: 30, windowSeconds: 300, severity: 'medium', responses: [{ kind: 'challenge', minutes: 30 }, { kind: 'block', minutes: 15 }] },
    text: say(['遍历编号', 'Enumeration of ids'], ['同一来源接连请求许多不存在或无权查看的编号。', 'One caller asks for many ids that are not there or not theirs.'], ['个不同编号', 'different ids']),
  },
  {
    id: 'impossible-travel', version: 0, group: 'account', shape: { kind: 'travel', of: 'sign-in', atLeastKm: 300 },
    settings: { isOn: true, threshold: 900, windowSeconds: 43_200, severity: 'high', responses: [{ kind: 'challenge', minutes: 30 }] },
    text: say(['不可能的行程', 'Impossible travel'], ['同一账号先后在相距很远的两地登录，其间来不及到达。不在地址表中的地址不作判断。', 'One account signs in at two places with too little time between them. Addresses that the table does not know say nothing.'], ['公里每小时', 'km/h']),
  },
  {
    id: 'mass-reading', version: 0, group: 'account', shape: { kind: 'count', of: ['read'], distinct: 'subject', usual: { times: 6, atLeast: 60 } },
    settings: { isOn: true, threshold: 150, windowSeconds: 3600, severity: 'high', responses: [{ kind: 'lock', minutes: 60 }] },
    text: say(['大量读取个人信息', 'Mass reading of personal data'], ['一个账号在一小时内打开的不同案卷，超过限额，或远多于本人平时。', 'In an hour one account opens more different files than the limit, or far more than is usual for it.'], ['份不同案卷', 'different files']),
  },
  {
    id: 'off-hours-export', version: 0, group: 'account', shape: { kind: 'count', of: ['export'], offHours: true },
    settings: { isOn: true, threshold: 3, windowSeconds: 3600, severity: 'high', responses: [{ kind: 'challenge', minutes: 60 }] },
    text: say(['非工作时间批量导出', 'Bulk export off hours'], ['非工作日或夜间接连导出。按工作日历判断。', 'Exports in a row at night or on a day off, by the working calendar.'], ['次导出', 'exports']),
  },
  {
    id: 'probing', version: 0, group: 'address', shape: { kind: 'count', of: ['probe'], distinct: 'subject' },
    settings: { isOn: true, threshold: 15, windowSeconds: 300, severity: 'medium', responses: [{ kind: 'block', minutes: 60 }] },
    text: say(['探测路径', 'Probing for paths'], ['同一地址接连请求站点没有的路径。', 'One address asks for many paths that the site does not have.'], ['个不同路径', 'different paths']),
  },
  {
    id: 'injection', version: 0, group: 'caller', shape: { kind: 'count', of: ['injection'] },
    settings: { isOn: true, threshold: 3, windowSeconds: 600, severity: 'high', responses: [{ kind: 'block', minutes: 60 }] },
    text: say(['注入尝试', 'Injection attempts'], ['被拒绝的输入带有 SQL、路径穿越、模板或脚本的特征。只记录种类和字段，不记录内容。', 'Refused inputs show patterns of SQL, path traversal, templates or scripts. Kind and field are kept, never the value.'], ['次', 'times']),
  },
  {
    id: 'rights-then-export', version: 0, group: 'person', shape: { kind: 'sequence', first: 'rights', second: 'export' },
    settings: { isOn: true, threshold: 1, windowSeconds: 86_400, severity: 'critical', responses: [{ kind: 'lock', minutes: 60 }] },
    text: say(['改权后导出', 'Rights changed, then export'], ['某人的权限刚被改动，随即导出数据。', 'Somebody’s rights were changed and they export data soon after.'], ['次导出', 'exports']),
  },
];
