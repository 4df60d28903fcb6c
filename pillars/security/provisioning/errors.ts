import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'scim.token': { status: 401, zh: '令牌无效或已到期，没有任何改动。请由系统管理员在控制台签发新令牌。', en: 'The token is wrong or has ended. Nothing was changed; ask the system administrator for a new one in the console.' },
  'scim.unknown': { status: 404, zh: '没有这个资源，或不在您可及的范围内。没有任何改动，请核对编号。', en: 'There is no such resource, or it is beyond your reach. Nothing was changed; check the id.' },
  'scim.filter': { status: 400, zh: '过滤条件不能执行：{why}。没有返回结果，请改正后重试。', en: 'The filter can’t be carried out: {why}. Nothing was answered; correct it and try again.' },
  'scim.path': { status: 400, zh: '路径不正确：{path}。没有任何改动，请改正后重试。', en: 'The path is wrong: {path}. Nothing was changed; correct it and try again.' },
  'scim.no-target': { status: 400, zh: '路径没有指向任何值：{path}。没有任何改动，请改正后重试。', en: 'The path leads to no value: {path}. Nothing was changed; correct it and try again.' },
  'scim.value': { status: 400, zh: '{attribute} 的值不能接受：{why}。没有任何改动，请改正后重试。', en: 'The value of {attribute} can’t be taken: {why}. Nothing was changed; correct it and try again.' },
  'scim.syntax': { status: 400, zh: '请求内容不符合 SCIM：{why}。没有任何改动，请改正后重试。', en: 'The request is not SCIM: {why}. Nothing was changed; correct it and try again.' },
  'scim.mutability': { status: 400, zh: '{attribute} 不能修改。没有任何改动，请去掉它后重试。', en: '{attribute} can’t be changed. Nothing was changed; leave it out and try again.' },
  'scim.taken': { status: 409, zh: '{attribute} 已被使用：{value}。没有任何改动，请改用已有资源或换一个值。', en: '{attribute} is taken: {value}. Nothing was changed; use the resource that is there, or another value.' },
  'scim.too-many': { status: 400, zh: '超过上限 {most}。没有任何改动，请分批提交。', en: 'More than {most}. Nothing was changed; send less at once.' },
  'scim.version': { status: 412, zh: '这个资源在您读取之后有过改动，没有保存您的改动。请重新读取后再试。', en: 'The resource has changed since you read it, and your change was not saved. Read it anew and try again.' },
  'scim.duty': { status: 409, zh: '没有改动：系统接口不能任免三员（系统、安全、审计管理员）。请由管理员在控制台办理。', en: 'Nothing was changed: no system appoints the three administrators (system, security, audit). Administrators do that in the console.' },
  'scim.beyond-reach': { status: 403, zh: '没有改动：{what} 不在该应用可及的部门内。请由安全管理员调整应用的范围。', en: 'Nothing was changed: {what} lies outside the departments that this application reaches. Ask the security administrator to widen its reach.' },
  'provisioning.no-client': { status: 404, zh: '没有这个应用，或它没有 SCIM 权限（scim.provision）。没有签发，请先由安全管理员授权。', en: 'There is no such application, or it does not hold scim.provision. No token was made; the security administrator grants it first.' },
  'provisioning.no-token': { status: 404, zh: '没有这个令牌，或已经结束。没有任何改动，请刷新。', en: 'There is no such token, or it has ended. Nothing was changed; refresh.' },
  'provisioning.has-password': { status: 409, zh: '此人已设置密码或不在职，没有签发。忘记密码请走找回流程。', en: 'They have chosen a password already, or are not in office. None was made; a forgotten password is recovered.' },
});
