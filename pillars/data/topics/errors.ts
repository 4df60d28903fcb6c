import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'topic.unknown': {
    status: 404,
    zh: '没有“{topic}”这个主题，未作任何更改。请查看主题清单。',
    en: 'There is no topic “{topic}”; nothing was changed. See the list of topics.',
  },
  'topic.not-granted': {
    status: 403,
    zh: '“{follower}”没有获准订阅“{topic}”，未建立订阅。请先在信息资源目录中申请该资源。',
    en: '“{follower}” may not follow “{topic}”; no subscription was made. Ask for the resource in the catalogue first.',
  },
  'topic.not-for-persons': {
    status: 403,
    zh: '“{topic}”含个人信息，“{follower}”的授权不包括个人信息，未建立订阅。请申请包含个人信息的授权并说明法律依据。',
    en: '“{topic}” holds personal data, which the grant of “{follower}” leaves out; no subscription was made. Ask for a grant that includes it, with the law that allows it.',
  },
  'topic.subscription-unknown': {
    status: 404,
    zh: '没有这个订阅，未作任何更改。它可能已被取消。',
    en: 'There is no such subscription; nothing was changed. It may have been ended.',
  },
  'topic.held-unknown': {
    status: 409,
    zh: '这条消息已不在待处理清单中，未作任何更改。它可能已送达或已由他人处理，请刷新清单。',
    en: 'This message no longer waits for a decision; nothing was changed. It may have arrived or been dealt with; read the list again.',
  },
  'topic.acknowledged-ahead': {
    status: 422,
    zh: '确认的位置 {offset} 超过已发布的最后位置 {last}，未作任何更改。请按收到的消息确认。',
    en: 'Offset {offset} lies beyond the last that was published, {last}; nothing was changed. Acknowledge what was received.',
  },
  'topic.not-pulled': {
    status: 409,
    zh: '这个订阅由平台主动推送，不能自行领取；消息没有丢失。请等待推送，或把订阅改为领取方式。',
    en: 'This subscription is delivered, not pulled; no message was lost. Wait for the delivery, or have it made one to be pulled.',
  },
});
