import { bag, edits, likeness, plain, soundOf } from './text.ts';

const FORMS: readonly (readonly [RegExp, string])[] = [
  [/股份有限公司$/u, '股份'], [/(?:有限责任公司|有限公司)$/u, '有限'], [/(?:集团公司|公司)$/u, '公司'],
  [/(?:普通合伙|有限合伙)?合伙企业(?:普通合伙|有限合伙)?$/u, '合伙'], [/(?:个人独资企业|个体工商户)$/u, '个人'], [/(?:总厂|厂|店|商行|经营部|工作室|事务所|中心|合作社|分公司)$/u, ''],
];

/** A company's name taken apart (企业名称登记管理规定 §6: division, trade name, line, form). */
export interface CompanyName {
  /** Trade name and line of business, without place and form. */
  core: string;
  /** 有限, 股份, 合伙 …; a branch is another company than its parent. */
  form: string;
  branch: boolean;
}

/** `places` are the names its address mentions; they are left out wherever the name has them, with or without 市 and 区. */
export const parseCompanyName = (raw: string, places: readonly string[] = []): CompanyName => {
  let rest = plain(raw);
  const branch = rest.endsWith('分公司') || rest.endsWith('分店') || rest.endsWith('办事处');
  const form = FORMS.find(([pattern]) => pattern.test(rest));
  if (form && form[1] !== '') rest = rest.replace(form[0], '');
  for (const place of places.filter((one) => one.length > 1)) {
    const without = rest.replace(new RegExp(`${place}(?:省|市|区|县)?`, 'u'), '');
    if (without.length >= 2) rest = without;
  }
  const short = rest.replace(/^(?:.{2,4}省)?(?:.{2,4}市)(?:.{2,4}[区县])?/u, '');
  return { core: short.length >= 2 ? short : rest, form: form?.[1] ?? '', branch };
};

/** Line to keep: core|form|branch. */
export const companyLine = (raw: string, places: readonly string[]): string => {
  const { core, form, branch } = parseCompanyName(raw, places);
  return `${core}|${form}|${branch ? '分' : ''}`;
};

const partsOf = (line: string): [string, string, string] => {
  const [core = '', form = '', branch = ''] = line.split('|');
  return [core, form, branch];
};
export const coreOf = (line: string): string => partsOf(line)[0];

/** 0 the same · 1 the same sound or the same characters in another order, or another form · 2 alike · 3 different. */
export type CompanyNameLevel = 0 | 1 | 2 | 3;

const clashes = (left: string, right: string): boolean => left !== right && left !== '' && right !== '' && !(left === '公司' || right === '公司');

export const compareCompanyNames = (leftLine: string, rightLine: string): CompanyNameLevel => {
  const [left, leftForm, leftBranch] = partsOf(leftLine);
  const [right, rightForm, rightBranch] = partsOf(rightLine);
  if (leftBranch !== rightBranch) return 3;
  const form = clashes(leftForm, rightForm);
  if (left === right) return form ? 1 : 0;
  if (bag(left) === bag(right) || soundOf(left) === soundOf(right)) return form ? 2 : 1;
  const inside = Math.min(left.length, right.length) >= 3 && (left.startsWith(right) || right.startsWith(left));
  return inside || (left.length > 3 && edits(left, right) === 1) || likeness(left, right) >= 0.7 ? 2 : 3;
};
