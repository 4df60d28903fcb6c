import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'matching.not-the-platform': { status: 403, zh: '只有平台自身可以比对记录。没有比对任何记录。请由导入或查重任务发起。', en: 'Only the platform itself compares records. Nothing was compared. Let an import or a search for duplicates ask.' },
  'matching.no-kind': { status: 422, zh: '“{register}”的记录没有可比对的身份。没有比对任何记录。能比对的是：以公民身份号码或统一社会信用代码为主键并有名称，或有地址的基础库。', en: 'Records of “{register}” have nothing to be told apart by. Nothing was compared. Registers whose key is a citizen number or a unified social credit code with a name, or that hold addresses, can be.' },
  'matching.not-ready': { status: 409, zh: '“{register}”的比对索引还在建立。没有比对任何记录，已建立的部分保留。请稍后再试。', en: 'The entries of “{register}” are still being made. Nothing was compared; what is made stays. Try again later.' },
  'matching.no-pair': { status: 404, zh: '没有这一对记录，或它不属于您部门的基础库。没有作任何更改。请回到列表。', en: 'There is no such pair, or its register is not kept by your department. Nothing was changed. Go back to the list.' },
  'matching.pair-changed': { status: 409, zh: '这一对记录已由他人处理。先前的决定保留，您的没有记入。请看下一对。', en: 'Somebody else has dealt with this pair meanwhile. Their decision stands, yours was not taken. Look at the next one.' },
  'matching.record-gone': { status: 409, zh: '这一对中有一条记录已不在基础库中。没有作任何更改。请刷新列表。', en: 'One record of this pair is no longer in the register. Nothing was changed. Refresh the list.' },
  'matching.absorbed': { status: 409, zh: '记录“{key}”已并入另一条。没有作任何更改。请在那一条上合并，或先撤销原合并。', en: 'Record “{key}” is merged into another already. Nothing was changed. Merge with that one, or undo its merge first.' },
  'matching.has-merged': { status: 409, zh: '记录“{key}”已并入了其他记录。没有作任何更改。请以它为保留的一条，或先撤销那些合并。', en: 'Others are merged into record “{key}”. Nothing was changed. Keep this one, or undo those merges first.' },
  'matching.no-field': { status: 422, zh: '字段“{field}”不能取自另一条：它是主键、未登记，或两边相同。没有合并。请去掉它再试。', en: 'Field “{field}” cannot be taken from the other record: it is the key, is not there or is the same on both. Nothing was merged. Leave it out and try again.' },
  'matching.no-merge': { status: 404, zh: '没有这次合并，或它不属于您部门的基础库，或已撤销。没有作任何更改。请刷新列表。', en: 'There is no such merge, it is not of a register your department keeps, or it is undone already. Nothing was changed. Refresh the list.' },
  'matching.running': { status: 409, zh: '“{register}”正在查重。没有再开始一次，正在进行的继续。请等它结束。', en: 'A search for duplicates of “{register}” is running. None was started; that one goes on. Wait until it has ended.' },
  'matching.no-register': { status: 404, zh: '没有“{register}”这个可比对的基础库，或它不由您的部门管理。没有作任何更改。请从列表中选择。', en: 'There is no register “{register}” that can be compared, or your department does not keep it. Nothing was changed. Choose one from the list.' },
  'matching.no-weights': { status: 404, zh: '没有第 {version} 版权重。现用的一版没有改变。请从列表中选择。', en: 'There are no weights of version {version}. The version in use is unchanged. Choose one from the list.' },
});
