import { codeList } from './code-list.ts';

/* Official documents 公文 (党政机关公文处理工作条例 2012). */

export const documentKinds = codeList('document-kind', [
  { code: '01', zh: '决议', en: 'Resolution' },
  { code: '02', zh: '决定', en: 'Decision' },
  { code: '03', zh: '命令（令）', en: 'Order' },
  { code: '04', zh: '公报', en: 'Communiqué' },
  { code: '05', zh: '公告', en: 'Announcement' },
  { code: '06', zh: '通告', en: 'Public notice' },
  { code: '07', zh: '意见', en: 'Opinion' },
  { code: '08', zh: '通知', en: 'Notice' },
  { code: '09', zh: '通报', en: 'Circular' },
  { code: '10', zh: '报告', en: 'Report' },
  { code: '11', zh: '请示', en: 'Request for instructions' },
  { code: '12', zh: '批复', en: 'Reply' },
  { code: '13', zh: '议案', en: 'Motion' },
  { code: '14', zh: '函', en: 'Letter' },
  { code: '15', zh: '纪要', en: 'Minutes' },
]);

/** Secrecy 密级, highest first. Classified ones never enter an extranet system. */
export const secrecyLevels = codeList('secrecy', [
  { code: 'topSecret', zh: '绝密', en: 'Top secret', classified: true },
  { code: 'secret', zh: '机密', en: 'Secret', classified: true },
  { code: 'confidential', zh: '秘密', en: 'Confidential', classified: true },
  { code: 'internal', zh: '内部', en: 'Internal', classified: false },
  { code: 'public', zh: '公开', en: 'Public', classified: false },
]);

/** Labels by their level: 0 public, 1 internal, 2 秘密, 3 机密, 4 绝密. The database keeps the level, the column `secrecy`. */
export const labelLevels = ['public', 'internal', 'confidential', 'secret', 'topSecret'] as const;
export type LabelCode = (typeof labelLevels)[number];
export const labelLevel = (code: LabelCode): number => labelLevels.indexOf(code);

export const urgencies = codeList('urgency', [
  { code: 'extraUrgent', zh: '特急', en: 'Extra urgent' },
  { code: 'urgent', zh: '加急', en: 'Urgent' },
  { code: 'normal', zh: '平件', en: 'Normal' },
]);
