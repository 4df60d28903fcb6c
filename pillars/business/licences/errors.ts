import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'licence.unknown': { status: 404, zh: '没有找到这个证照，或您无权查看。请从“我的证照”进入。', en: 'There is no such licence, or it is not yours to see. Open it from “My licences”.' },
  'licence.type-unknown': { status: 422, zh: '服务包没有声明证照类型“{type}”。没有签发任何证照，请核对服务包。', en: 'The pack declares no licence type “{type}”. Nothing was issued; check the pack.' },
  'licence.field-missing': { status: 422, zh: '证照“{type}”缺少内容：{fields}。没有签发任何证照，请补全后再签发。', en: 'The licence “{type}” lacks: {fields}. Nothing was issued; complete it and issue again.' },
  'licence.validity-unclear': { status: 422, zh: '证照“{type}”的有效期无法确定。没有签发任何证照，请核对有效期规则。', en: 'The validity of “{type}” can’t be worked out. Nothing was issued; check its rule.' },
  'licence.not-in-force': { status: 409, zh: '这个证照已不在有效状态（{status}），没有任何改动。请刷新查看。', en: 'This licence is no longer in force ({status}); nothing was changed. Refresh to see it.' },
});
