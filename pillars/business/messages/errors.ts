import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'message.unknown': { status: 404, zh: '没有找到这条消息。请刷新消息列表。', en: 'There is no such message. Refresh your messages.' },
  'message.no-mailbox': { status: 404, zh: '只有演示站点才有本地信箱。', en: 'Only a demonstration site has a local mailbox.' },
});
