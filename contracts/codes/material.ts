import { codeList } from './code-list.ts';

/* Application materials 申请材料 (GB/T 39046-2020). */

/** 必要性. */
export const materialNeeds = codeList('material-need', [
  { code: 'required', zh: '必要', en: 'Required' },
  { code: 'optional', zh: '非必要', en: 'Optional' },
  { code: 'later', zh: '容缺后补', en: 'May follow later' },
]);

/** 来源渠道. */
export const materialSources = codeList('material-source', [
  { code: 'applicant', zh: '申请人自备', en: 'From the applicant' },
  { code: 'government', zh: '政府部门核发', en: 'Issued by government' },
  { code: 'other', zh: '其他', en: 'Other' },
]);

/** 材料形式. */
export const materialForms = codeList('material-form', [
  { code: 'paper', zh: '纸质', en: 'Paper' },
  { code: 'electronic', zh: '电子', en: 'Electronic' },
  { code: 'both', zh: '纸质和电子', en: 'Paper and electronic' },
]);
