import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'session.refused': { status: 401, zh: '账号或密码不正确，或账号暂时锁定。请核对后再试；多次输错会锁定十五分钟。', en: 'The account or password is wrong, or the account is locked for now. Check them and try again; several failures lock it for fifteen minutes.' },
  'account.taken': { status: 409, zh: '这个用户名已经有人使用。您填写的内容已保留，请换一个用户名。', en: 'That user name is taken. What you filled in is kept; choose another name.' },
  'account.not-registered': { status: 422, zh: '姓名与身份号码不符。您填写的内容已保留，请核对后再提交，或到政务服务中心窗口办理。', en: 'Name and citizen number do not match. What you filled in is kept; check them, or come to the service hall.' },
  'account.exists': { status: 409, zh: '这个身份号码已经注册过账号。请直接登录；忘记密码请到窗口办理。', en: 'This citizen number has an account already. Sign in; if you forgot the password, come to the window.' },
  'account.weak-password': { status: 422, zh: '密码太弱：至少 8 位，且不能与用户名相同或全是同一个字符。原来的密码没有改变。', en: 'The password is too weak: 8 characters or more, not the user name and not one character repeated. The old one is unchanged.' },
  'account.must-change': { status: 403, zh: '您用的是一次性密码，须先改成自己的密码。没有任何改动，请到“我的账号”修改密码后继续。', en: 'This is a one-time password: choose your own first. Nothing was changed; change it under “My account”, then go on.' },
  'account.same-password': { status: 422, zh: '新密码不能与现在的密码相同。密码没有改变，请换一个。', en: 'The new password can’t be the current one. Nothing was changed; choose another.' },
  'account.wrong-password': { status: 422, zh: '当前密码不正确，密码没有改变。请重新输入。', en: 'The current password is wrong; nothing was changed. Enter it again.' },
});
