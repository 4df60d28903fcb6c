import { definePolicy } from '@zhengwu/module';

const fill = { who: 'official', permission: 'register.import' } as const;

/** Those who keep a register fill it in bulk. Values of the file are shown to nobody but, once, to who handed it in. */
export const policy = definePolicy({
  'import.registers': { ...fill, audit: null },
  'import.upload': { ...fill, audit: 'import.received', personal: true, purpose: 'register-filling', rate: { account: 60 }, shows: ['citizen-number', 'mobile-phone', 'bank-card', 'travel-document'] },
  'import.start': { ...fill, audit: 'import.started' },
  'import.list': { ...fill, audit: null },
  'import.read': { ...fill, audit: null },
  'import.refusals': { ...fill, audit: 'import.refusalsTaken' },
}, {
  'register.extracted': { zh: '运行人员导出整个基础库', en: 'A whole register was written out by whoever runs the site' },
  'import.received': { zh: '上传待导入的文件', en: 'File to import received', personal: true },
  'import.started': { zh: '开始导入', en: 'Import started' },
  'import.finished': { zh: '导入结束', en: 'Import ended' },
  'import.refusalsTaken': { zh: '下载导入错误报告', en: 'Report of refused rows taken' },
});
