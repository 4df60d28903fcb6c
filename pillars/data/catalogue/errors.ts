import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'catalogue.unknown': {
    status: 404,
    zh: '目录中没有“{resource}”，或它对您不可见。没有作任何更改。请检索目录。',
    en: 'There is no “{resource}” in the catalogue that you may see. Nothing was changed. Search the catalogue.',
  },
  'catalogue.not-yours': {
    status: 403,
    zh: '“{resource}”由其他部门编目，没有作任何更改。请由提供部门的数据专员办理。',
    en: '“{resource}” is catalogued by another department; nothing was changed. Its own data steward does this.',
  },
  'catalogue.changed': {
    status: 409,
    zh: '“{resource}”已有更新的版本或状态已变，没有作任何更改，您填写的内容仍在页面上。请刷新后核对再提交。',
    en: '“{resource}” has a newer version or another state; nothing was changed and what you typed is still on the page. Read it again and compare.',
  },
  'catalogue.own-version': {
    status: 403,
    zh: '编目和审批须由不同的人办理，“{resource}”没有发布。请由另一位数据中心管理员审批。',
    en: 'Who catalogues does not approve; “{resource}” was not published. Another data centre officer decides.',
  },
  'catalogue.needs-basis': {
    status: 422,
    zh: '不予共享须引用法律或政策的条款，有条件共享须写明条件（国务院令第809号）。没有保存。请补充后再提交。',
    en: 'Not sharing must cite the law or policy, and sharing on condition must say it (State Council Order 809). Nothing was saved. Add it and send again.',
  },
  'catalogue.wrong-class': {
    status: 422,
    zh: '信息资源代码“{code}”的第一位应与类别一致（发改〔2017〕1272）。没有保存。请改正代码或类别。',
    en: 'The first digit of the code “{code}” is the class of the resource (发改〔2017〕1272). Nothing was saved. Correct the code or the class.',
  },
  'catalogue.code-taken': {
    status: 409,
    zh: '信息资源代码“{code}”已被使用。没有保存。请换一个顺序号。',
    en: 'The code “{code}” is taken. Nothing was saved. Choose another serial.',
  },
  'catalogue.own-resource': {
    status: 422,
    zh: '“{resource}”由本部门提供，不需要也不能申请自己的资源。没有提交。',
    en: '“{resource}” is your own department’s; it cannot ask for what it provides. Nothing was sent.',
  },
  'catalogue.not-shared': {
    status: 422,
    zh: '“{resource}”依据{basis}不予共享，没有提交申请。如认为依据不当，请向数据主管部门提出。',
    en: '“{resource}” is not shared, by {basis}; no request was sent. If you doubt the ground, take it to the data administration.',
  },
  'catalogue.asked-already': {
    status: 409,
    zh: '本部门已申请“{resource}”，尚在办理或已获准。没有重复提交。请在申请清单中查看。',
    en: 'Your department has asked for “{resource}” already and is waiting or has it. Nothing was sent twice. See the list of requests.',
  },
  'catalogue.law-missing': {
    status: 422,
    zh: '拒绝共享须引用法律、法规或政策的名称和条款，例如《中华人民共和国统计法》第二十五条。没有答复。请补充后再提交。',
    en: 'A refusal must cite law, regulation or policy by name and article, such as 《中华人民共和国统计法》第二十五条. Nothing was answered. Add it and send again.',
  },
  'catalogue.request-settled': {
    status: 409,
    zh: '这项申请已办结或不由您办理，没有作任何更改。请刷新清单。',
    en: 'This request is settled, or not yours to settle; nothing was changed. Read the list again.',
  },
  'catalogue.demand-settled': {
    status: 409,
    zh: '这项需求已办结、尚未分派或不由您办理，没有作任何更改。请刷新清单。',
    en: 'This demand is settled, not assigned yet, or not yours to settle; nothing was changed. Read the list again.',
  },
  'catalogue.unknown-provider': {
    status: 422,
    zh: '没有代码为“{provider}”的部门，或它就是提出需求的部门。没有分派。请另选提供部门。',
    en: 'There is no department “{provider}”, or it is the one that asks. Nothing was assigned. Choose another.',
  },
  'catalogue.not-met': {
    status: 422,
    zh: '满足需求须指明本部门已发布的资源。没有答复。请先编目发布，再答复。',
    en: 'A demand is met by a published resource of your own department. Nothing was answered. Catalogue and publish it first.',
  },
  'open.too-fast': {
    status: 429,
    zh: '取数过于频繁，请在 {seconds} 秒后再试，或使用密钥以获得更高的频率。已取得的数据不受影响。',
    en: 'Too many requests. Try again in {seconds} seconds, or use a key, which may ask more often; what you have already is not affected.',
  },
  'open.key-unknown': {
    status: 403,
    zh: '没有这个密钥，或它已停用。没有返回数据。请在门户“数据开放 → 我的密钥”中核对或另建一个。',
    en: 'There is no such key, or it was ended. No data was given. See “Open data → My keys” on the portal, or make another.',
  },
  'open.keys-enough': {
    status: 409,
    zh: '您已有 {most} 个在用的密钥，没有新建。请先停用不再使用的密钥。',
    en: 'You have {most} keys in use; none was made. End those that you no longer need.',
  },
  'open.keys-for-people': {
    status: 403,
    zh: '密钥只发给本人，没有新建。请以本人身份登录后再试。',
    en: 'Keys are given to people themselves; none was made. Sign in as yourself and try again.',
  },
});
