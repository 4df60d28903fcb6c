import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'directory.unknown': { status: 404, zh: '没有找到这个人员、岗位或角色。没有任何改动，请刷新后重新选择。', en: 'There is no such person, post or role. Nothing was changed; refresh and choose again.' },
  'directory.changed': { status: 409, zh: '这项内容刚刚被别人修改过，您的修改没有保存。请刷新后在最新内容上再改。', en: 'Somebody has just changed this, and your change was not saved. Refresh and make it again on the latest.' },
  'directory.unknown-permission': { status: 422, zh: '系统中没有这些权限：{permissions}。没有任何改动。', en: 'The system has no such permissions: {permissions}. Nothing was changed.' },
  'delegation.invalid': { status: 422, zh: '代理的结束时间须晚于开始时间和现在，且不能委托给自己。没有任何改动，请修改后再提交。', en: 'A delegation must end after it starts and after now, and can’t go to oneself. Nothing was changed; correct it and submit again.' },
  'delegation.unknown': { status: 404, zh: '没有找到这条代理，可能已经结束。请刷新。', en: 'There is no such delegation; it may have ended. Refresh.' },
  'mandate.unknown': { status: 404, zh: '没有找到这条授权，可能已经结束。请刷新后查看。', en: 'There is no such mandate; it may have ended. Refresh and look again.' },
  'mandate.agent-unknown': { status: 422, zh: '姓名与身份号码不符，或对方尚未注册。您填写的内容已保留，请核对后再提交。', en: 'Name and number do not match, or the person has no account yet. What you filled in is kept; check it and submit again.' },
  'mandate.self': { status: 422, zh: '不能授权给自己。您填写的内容已保留，请填写代办人的信息。', en: 'One can’t give a mandate to oneself. What you filled in is kept; give the details of the agent.' },
  'mandate.not-acting': { status: 403, zh: '您没有代为办理的授权，或授权已经结束。没有任何改动，请让对方重新授权。', en: 'You hold no mandate to act for them, or it has ended. Nothing was changed; ask them for a new one.' },
});
