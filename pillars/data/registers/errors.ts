import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'register.unknown': {
    status: 404,
    zh: '没有“{register}”这个基础库，未作任何更改。请检查代码，或先加载声明它的服务包。',
    en: 'There is no register “{register}”; nothing was changed. Check the code, or load the pack that declares it.',
  },
  'register.record-invalid': {
    status: 422,
    zh: '记录不符合“{register}”的要求（{issues}），未写入，原记录保留。请按要求改正后再写。',
    en: 'The record does not fit “{register}” ({issues}); it was not written and the old one is kept. Correct it and write again.',
  },
  'register.no-record': {
    status: 404,
    zh: '“{register}”中没有这个号码在所选日期有效、且当时已知的记录。未作任何更改。请核对号码和日期。',
    en: '“{register}” holds no record of this key for the day and time asked; nothing was changed. Check the key and the day.',
  },
  'register.not-yours': {
    status: 403,
    zh: '“{register}”不在您部门的查询范围内，未显示任何内容。请向数据管理部门申请权限，或通过目录申请共享。',
    en: '“{register}” is outside what your department may look up; nothing was shown. Ask its keeper, or request it in the catalogue.',
  },
  'register.no-field': {
    status: 422,
    zh: '“{register}”没有字段“{field}”，未作任何更改。请从列表中选择字段。',
    en: '“{register}” has no field “{field}”; nothing was changed. Choose one from the list.',
  },
  'challenge.same': {
    status: 422,
    zh: '提出的值与登记的值相同，校核没有提交。请填写您认为正确的值。',
    en: 'The proposed value is the one on record; nothing was sent. Give the value that you hold to be right.',
  },
  'challenge.open': {
    status: 409,
    zh: '您对这个字段的校核还在办理，原校核保留。请等待答复，或先撤回再重新提出。',
    en: 'Your challenge of this field is still open and stands. Wait for the answer, or withdraw it first.',
  },
  'challenge.gone': {
    status: 409,
    zh: '这项校核已经答复或撤回，或不归您的部门处理，未作任何更改。请刷新列表。',
    en: 'This challenge is answered or withdrawn already, or is not your department’s; nothing was changed. Refresh the list.',
  },
});
