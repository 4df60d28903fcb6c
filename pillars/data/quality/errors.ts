import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'quality.no-register': { status: 404, zh: '没有“{register}”这个声明了质量规则的基础库，或它不由您的部门管理。没有作任何更改。请从列表中选择。', en: 'There is no register “{register}” with rules of quality, or your department does not keep it. Nothing was changed. Choose one from the list.' },
  'quality.no-rule': { status: 404, zh: '“{register}”没有质量规则“{rule}”。没有读取任何记录。请从列表中选择。', en: '“{register}” has no rule “{rule}”. No record was read. Choose one from the list.' },
  'quality.running': { status: 409, zh: '“{register}”正在测评。没有再开始一次，正在进行的继续。请等它结束。', en: '“{register}” is being measured. No second measurement was started; that one goes on. Wait until it has ended.' },
  'quality.no-row': { status: 404, zh: '“{register}”中没有这条记录。没有显示任何内容。请刷新列表。', en: '“{register}” holds no such record. Nothing was shown. Refresh the list.' },
});
