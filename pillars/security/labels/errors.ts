import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'label.unknown': { status: 404, zh: '没有找到这个对象，或您无权查看。没有作任何改动。请从您的列表中打开。', en: 'There is no such object, or it is not yours to see. Nothing was changed. Open it from your list.' },
  'label.above-clearance': { status: 422, zh: '不能标定高于您本人涉密等级的密级。原来的密级不变。请由具有相应涉密等级的人员标定。', en: 'You can’t set a label above your own clearance. The label is as it was. Have someone with that clearance set it.' },
  'label.same': { status: 409, zh: '该对象已经是这个密级，没有改动。请刷新页面。', en: 'The object carries this label already; nothing was changed. Refresh the page.' },
  'label.asked-already': { status: 409, zh: '已有一项降低密级的申请等待审批，您的申请没有提交。请等待安全保密管理员决定。', en: 'A lowering was asked for already and waits for its decision; yours was not sent. Wait for the security administrator.' },
  'label.decided': { status: 409, zh: '这项申请已有决定，或密级在此期间已变更。没有作任何改动。请刷新列表。', en: 'This request is decided, or the label was changed meanwhile. Nothing was changed. Refresh the list.' },
  'label.own-request': { status: 403, zh: '降低密级须由申请人以外的人决定。申请仍在等待，密级不变。请由另一位安全保密管理员决定。', en: 'Somebody other than the asker decides about a lowering. The request still waits and the label is as it was. Have another security administrator decide.' },
});
