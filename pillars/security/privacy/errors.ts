import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'privacy.no-text': { status: 404, zh: '没有这项同意。您的选择没有改变。请返回“我的信息”重新选择。', en: 'There is no such consent. Your choices are unchanged. Go back to “My data” and choose again.' },
  'privacy.text-changed': { status: 409, zh: '同意书已有新版本。您的选择没有改变。请阅读新的内容后再决定。', en: 'The text has changed meanwhile. Your choices are unchanged. Read the new text and decide again.' },
  'privacy.copy-gone': { status: 404, zh: '没有可以下载的副本：还没有准备好，或已超过七天。您的信息没有变化。请稍后再看，或重新申请一份。', en: 'There is no copy to download: it is not ready yet, or the seven days are over. Your data is unchanged. Look again later, or ask for a new one.' },
  'privacy.no-part': { status: 422, zh: '没有“{part}”这一类信息。请求没有提交。请从列表中选择。', en: 'There is no part “{part}”. Nothing was sent. Choose one from the list.' },
  'privacy.answered': { status: 409, zh: '这项更正请求已经答复，或不归您的部门处理。已有的答复没有改变。请刷新列表。', en: 'This request is answered already, or is not your department’s. The answer given stands. Refresh the list.' },
});
