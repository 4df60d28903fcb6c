import { codeList } from './code-list.ts';

/* Government information resources 政务信息资源 (GB/T 21063; 发改〔2017〕1272). */

export const resourceClasses = codeList('resource-class', [
  { code: '1', zh: '基础', en: 'Base' },
  { code: '2', zh: '主题', en: 'Theme' },
  { code: '3', zh: '部门', en: 'Department' },
]);

export const sharingClasses = codeList('sharing', [
  { code: '1', zh: '无条件共享', en: 'Shared without condition' },
  { code: '2', zh: '有条件共享', en: 'Shared on condition' },
  { code: '3', zh: '不予共享', en: 'Not shared' },
]);

export const sharingModes = codeList('sharing-mode', [
  { code: '1', zh: '数据库', en: 'Database' },
  { code: '2', zh: '文件', en: 'File' },
  { code: '3', zh: '服务接口', en: 'Service' },
]);

export const updateCycles = codeList('update-cycle', [
  { code: '1', zh: '实时', en: 'Real time' },
  { code: '2', zh: '每日', en: 'Daily' },
  { code: '3', zh: '每周', en: 'Weekly' },
  { code: '4', zh: '每月', en: 'Monthly' },
  { code: '5', zh: '每季度', en: 'Quarterly' },
  { code: '6', zh: '每半年', en: 'Half-yearly' },
  { code: '7', zh: '每年', en: 'Yearly' },
]);

export const resourceFormats = codeList('resource-format', [
  { code: '1', zh: '电子文件', en: 'Document' },
  { code: '2', zh: '电子表格', en: 'Spreadsheet' },
  { code: '3', zh: '数据库', en: 'Database' },
  { code: '4', zh: '图形图像', en: 'Image' },
  { code: '5', zh: '流媒体', en: 'Streaming' },
  { code: '6', zh: '自描述格式', en: 'Self-described' },
  { code: '7', zh: '服务接口', en: 'Service' },
]);
