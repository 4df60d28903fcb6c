import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'governance.unknown': { status: 404, zh: '没有这条记录，或不在您的职责范围内。没有作任何改动。请从登记簿中打开。', en: 'There is no such entry, or it is not within your reach. Nothing was changed. Open it from its register.' },
  'governance.no-register': { status: 422, zh: '登记簿“{register}”不存在，或不由您的岗位登记。没有保存。请选择其他登记簿。', en: 'There is no register “{register}”, or your post does not keep it. Nothing was saved. Choose another one.' },
  'governance.bad-fields': { status: 422, zh: '有 {count} 处不符合登记簿的要求。没有保存，请改正后重试。', en: '{count} values are not as the register wants them. Nothing was saved; correct them and try again.' },
  'governance.out-of-reach': { status: 403, zh: '您的岗位不包括部门 {department}。没有保存。请由该部门登记。', en: 'Your post does not reach department {department}. Nothing was saved. That department has to enter it.' },
  'governance.changed': { status: 409, zh: '这条记录刚刚被他人改动（现为第 {version} 版）。您的内容没有保存，请重新打开后再改。', en: 'Somebody has just changed this entry (it is version {version} now). Your words were not saved: open it again, then change it.' },
  'governance.wrong-state': { status: 409, zh: '在“{state}”状态下不能做“{act}”。没有作任何改动。请看该记录现在可以做什么。', en: '“{act}” is not possible in the state “{state}”. Nothing was changed. See what can be done with the entry now.' },
  'governance.other-person': { status: 403, zh: '这一步必须由另一个人来做（四眼原则）：您已做过“{act}”。没有作任何改动。请交给其他有权的人。', en: 'Another person has to do this (four eyes): you did “{act}”. Nothing was changed. Hand it to somebody else who may.' },
  'governance.approved-already': { status: 409, zh: '您已批准过，还需另一人批准。没有重复计入。', en: 'You have approved already; one more person has to. It was not counted twice.' },
  'governance.reason': { status: 422, zh: '这一步需要写明理由。没有作任何改动，请写明后重试。', en: 'This step needs a reason. Nothing was changed; give one and try again.' },
  'governance.no-proof': { status: 409, zh: '还没有通过的证明（{proof}）。没有改为已验证。请先运行验证。', en: 'No proof has passed yet ({proof}). It was not marked as proved. Run the proof first.' },
  'governance.undated': { status: 422, zh: '必须写明截止日期，否则不会自行失效。没有保存，请填写日期。', en: 'It needs the day on which it ends; without one it would never lapse. Nothing was saved; give the day.' },
  'governance.owner': { status: 422, zh: '必须写明在职的负责人。没有保存，请选择负责人。', en: 'Somebody in office has to answer for it. Nothing was saved; choose an owner.' },
  'governance.not-published': { status: 409, zh: '该策略尚未发布或已有新版，无法确认。没有记录，请打开最新版。', en: 'The policy is not published or has a newer edition. Nothing was recorded; open the newest one.' },
  'governance.no-node': { status: 404, zh: '没有“{node}”。没有建立关联，请从列表中选择。', en: 'There is no “{node}”. Nothing was linked; choose from the list.' },
  'governance.linked-already': { status: 409, zh: '两者之间已有这种关联。没有重复建立。', en: 'They are linked like this already. It was not done twice.' },
  'governance.drill-off': { status: 409, zh: '本站点不允许演练（需演示模式或 ZHENGWU_DRILLS=on，且数据库为内嵌、由 npm start 启动）。没有停止任何服务。', en: 'Drills are not possible on this site (they need demo mode or ZHENGWU_DRILLS=on, the embedded database and a start by npm start). Nothing was stopped.' },
  'governance.drill-busy': { status: 409, zh: '另一次演练正在进行。没有停止任何服务，请等它结束。', en: 'Another drill is under way. Nothing was stopped; wait until it has ended.' },
  'governance.drill-confirm': { status: 422, zh: '确认文字与演练编号 {number} 不符。没有停止任何服务，请照样输入编号。', en: 'The confirmation is not the drill’s number {number}. Nothing was stopped; type the number.' },
});
