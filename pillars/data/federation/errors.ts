import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'federation.no-source': {
    status: 403,
    zh: '本站点不接收来自“{client}”的“{topic}”，没有写入任何数据。请由本站点的数据中心管理员登记来源。',
    en: 'This site takes no “{topic}” from “{client}”; nothing was written. Its data centre officer registers the source.',
  },
  'federation.bad-batch': {
    status: 400,
    zh: '批次不符合格式（{place}），没有写入任何数据。请按接口说明改正后重发。',
    en: 'The batch does not have the form that it must ({place}); nothing was written. Correct it by the description of the service and send it again.',
  },
  'federation.intake-unknown': {
    status: 404,
    zh: '没有“{intake}”这个接收规则，未作任何更改。请查看服务包声明的接收规则。',
    en: 'There is no intake “{intake}”; nothing was changed. See what the packs of this site declare.',
  },
  'federation.figure-unknown': {
    status: 404,
    zh: '本站点没有汇总“{indicator}”这个指标，未作任何更改。请先登记由哪些下级提供。',
    en: 'This site gathers no figure “{indicator}”; nothing was changed. Register first who provides it.',
  },
  'federation.key-missing': {
    status: 422,
    zh: '变更中没有标识“{key}”，该条未写入，原记录保留。请由发送方核对。',
    en: 'The change has no “{key}”; it was not written and the record is kept. The sender checks it.',
  },
});
