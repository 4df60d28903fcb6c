import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'file.too-large': {
    status: 413,
    zh: '文件超过 {limit} 的上限，没有保存；其他内容已保留。请压缩或拆分后重新上传。',
    en: 'The file is larger than the limit of {limit} and was not saved; everything else is kept. Make it smaller or split it, and upload it again.',
  },
  'file.empty': {
    status: 422,
    zh: '文件是空的，没有保存；其他内容已保留。请选择有内容的文件重新上传。',
    en: 'The file is empty and was not saved; everything else is kept. Choose a file with content and upload it again.',
  },
  'file.type-not-allowed': {
    status: 422,
    zh: '此处不接受该类型的文件，没有保存；其他内容已保留。请改用：{accepted}。',
    en: 'This type of file is not accepted here and was not saved; everything else is kept. Use one of: {accepted}.',
  },
  'file.type-mismatch': {
    status: 422,
    zh: '文件内容与其类型（{declared}）不符，没有保存；其他内容已保留。请用原软件重新导出后再上传。',
    en: 'The content of the file is not what its type ({declared}) says, so it was not saved; everything else is kept. Export it again from its program and upload it.',
  },
  'file.too-many-pixels': {
    status: 422,
    zh: '图片有 {width} × {height} 像素，超过 1 亿像素或单边 30000 像素的上限，没有保存；其他内容已保留。请缩小图片或降低扫描精度后重新上传。',
    en: 'The picture has {width} × {height} pixels, more than 100 million or more than 30,000 on one side, and was not saved; everything else is kept. Make it smaller or scan it more coarsely, and upload it again.',
  },
  'file.unsafe': {
    status: 422,
    zh: '文件含有宏或不安全的内容，没有保存；其他内容已保留。请另存为不含宏的文件（或 PDF）后重新上传。',
    en: 'The file holds macros or other unsafe content and was not saved; everything else is kept. Save it without macros (or as PDF) and upload it again.',
  },
  'file.infected': {
    status: 422,
    zh: '文件含有恶意代码（{signature}），没有保存；其他内容已保留。请先用杀毒软件检查您的设备，再上传干净的文件，或到窗口办理。',
    en: 'The file holds malware ({signature}) and was not saved; everything else is kept. Check your device with an antivirus program, then upload a clean file, or come to the window.',
  },
  'file.classified': {
    status: 422,
    zh: '文件带有国家秘密标志（{level}）。本系统不得存储、处理、传输国家秘密：文件没有保存，已收到的内容已删除；其他内容已保留。请不要再次上传或转发，立即报告本单位保密工作人员；安全管理员已收到告警。如属误标，请由定密责任人去掉标志后再上传。',
    en: 'The file carries the mark of a state secret ({level}). This system may not store, handle or send state secrets: the file was not saved and what had arrived was deleted; everything else is kept. Do not upload or forward it again, and report to your secrecy officer at once; the security administrator has been alerted. If the mark is a mistake, have whoever is responsible for classification remove it first.',
  },
  'file.active-pdf': {
    status: 422,
    zh: 'PDF 中含有脚本、附件或可执行的动作，没有保存；其他内容已保留。请用“打印为 PDF”重新生成后上传。',
    en: 'The PDF holds scripts, attached files or actions and was not saved; everything else is kept. Make it anew with “print to PDF” and upload that.',
  },
  'file.encrypted': {
    status: 422,
    zh: 'PDF 加了密，无法检查，没有保存；其他内容已保留。请去掉密码保护后重新上传。',
    en: 'The PDF is encrypted and can’t be checked, so it was not saved; everything else is kept. Remove its protection and upload it again.',
  },
  'file.checking': {
    status: 409,
    zh: '该文件正在进行安全检查，暂时不能打开；文件已经保存，不会丢失。请稍后再试。',
    en: 'The file is being checked for malware and can’t be opened yet; it is saved and won’t be lost. Try again in a while.',
  },
  'file.broken-off': {
    status: 400,
    zh: '上传中断，已收到 {received} 字节。请检查网络后继续上传，或重新上传。',
    en: 'The upload broke off after {received} bytes. Check your connection, then resume it or upload again.',
  },
  'file.missing': {
    status: 404,
    zh: '没有找到该文件，未作任何更改。请重新打开所在页面，或重新上传。',
    en: 'The file was not found; nothing was changed. Open its page again or upload it again.',
  },
  'file.offset': {
    status: 409,
    zh: '续传位置不符，已收到的 {received} 字节仍然保留。请从该处继续上传。',
    en: 'The upload resumes at the wrong place; the {received} bytes received so far are kept. Resume from there.',
  },
  'file.busy': {
    status: 409,
    zh: '该文件正在由另一个页面上传，已收到的部分仍然保留。请等待其完成后重试。',
    en: 'Another page is uploading this file; what has arrived is kept. Wait until it is done and try again.',
  },
});
