import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'directory.unknown': { status: 404, zh: '没有找到这个人员、岗位或角色。没有任何改动，请刷新后重新选择。', en: 'There is no such person, post or role. Nothing was changed; refresh and choose again.' },
  'directory.changed': { status: 409, zh: '这项内容刚刚被别人修改过，您的修改没有保存。请刷新后在最新内容上再改。', en: 'Somebody has just changed this, and your change was not saved. Refresh and make it again on the latest.' },
  'directory.unknown-permission': { status: 422, zh: '系统中没有这些权限：{permissions}。没有任何改动。', en: 'The system has no such permissions: {permissions}. Nothing was changed.' },
  'duty.exclusive': { status: 409, zh: '没有改动：{person}会同时拥有不得兼有的权力，规则：{rule}（{code}）。请先收回其中一方，再重新提交。', en: 'Nothing was changed: {person} would hold what nobody may hold both of. The rule: {rule} ({code}). Withdraw one side first, then submit again.' },
  'duty.self': { status: 403, zh: '没有改动：任何人不能给自己任命岗位或延长任期。请由另一位管理员办理。', en: 'Nothing was changed: nobody gives a post to himself or prolongs one. Ask another administrator.' },
  'duty.own-role': { status: 403, zh: '没有改动：不能扩大自己所担任的角色或岗位的权限。请由另一位管理员办理。', en: 'Nothing was changed: nobody widens a role or a post that he holds himself. Ask another administrator.' },
  'duty.second-needed': { status: 409, zh: '没有改动：这涉及三员（系统、安全、审计管理员）的权力，须由另一类管理员同意。请作为提议提交。', en: 'Nothing was changed: this touches the powers of the three administrators, and one of another kind must agree. Submit it as a proposal.' },
  'duty.post-held': { status: 409, zh: '没有改动：这个岗位有人担任，不能在任期间加上管理员角色。请新设岗位后任命。', en: 'Nothing was changed: somebody holds this post, and it can’t become an administrator’s meanwhile. Make a new post and appoint to it.' },
  'duty.fixed': { status: 409, zh: '没有改动：这条规则是标准所要求的，不能修改或删除。', en: 'Nothing was changed: a standard demands this rule; it can’t be changed or taken away.' },
  'duty.unknown-rule': { status: 404, zh: '没有找到这条规则，可能已经删除。请刷新。', en: 'There is no such rule; it may have been taken away. Refresh.' },
  'duty.proposal-unknown': { status: 404, zh: '没有找到这项提议，可能已经有人决定。请刷新。', en: 'There is no such proposal; somebody may have decided it. Refresh.' },
  'duty.not-second': { status: 403, zh: '没有改动：提议须由另一类管理员决定，提议人和同类管理员不能决定。请由其他管理员办理。', en: 'Nothing was changed: a proposal is decided by an administrator of another kind, neither by who made it nor by one of the same kind.' },
  'delegation.invalid': { status: 422, zh: '代理的结束时间须晚于开始时间和现在，且不能委托给自己。没有任何改动，请修改后再提交。', en: 'A delegation must end after it starts and after now, and can’t go to oneself. Nothing was changed; correct it and submit again.' },
  'delegation.unknown': { status: 404, zh: '没有找到这条代理，可能已经结束。请刷新。', en: 'There is no such delegation; it may have ended. Refresh.' },
  'mandate.unknown': { status: 404, zh: '没有找到这条授权，可能已经结束。请刷新后查看。', en: 'There is no such mandate; it may have ended. Refresh and look again.' },
  'mandate.agent-unknown': { status: 422, zh: '姓名与身份号码不符，或对方尚未注册。您填写的内容已保留，请核对后再提交。', en: 'Name and number do not match, or the person has no account yet. What you filled in is kept; check it and submit again.' },
  'mandate.self': { status: 422, zh: '不能授权给自己。您填写的内容已保留，请填写代办人的信息。', en: 'One can’t give a mandate to oneself. What you filled in is kept; give the details of the agent.' },
  'mandate.not-acting': { status: 403, zh: '您没有代为办理的授权，或授权已经结束。没有任何改动，请让对方重新授权。', en: 'You hold no mandate to act for them, or it has ended. Nothing was changed; ask them for a new one.' },
});
