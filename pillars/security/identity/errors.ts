import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'session.refused': { status: 401, zh: '账号或密码不正确，或账号暂时锁定。请核对后再试；多次输错会锁定十五分钟。', en: 'The account or password is wrong, or the account is locked for now. Check them and try again; several failures lock it for fifteen minutes.' },
  'session.second-factor': { status: 401, zh: '密码正确，还需要第二步验证。请输入验证器上的六位数字或一个恢复码；五分钟内有效。', en: 'The password is right; one more step. Enter the six digits of your authenticator or a recovery code within five minutes.' },
  'session.wrong-code': { status: 401, zh: '验证码不正确或已经用过，尚未登录。请等验证器显示下一组数字后再试；多次输错会锁定十五分钟。', en: 'The code is wrong or was used already, so you are not signed in. Wait for the next digits and try again; several failures lock the account for fifteen minutes.' },
  'session.challenge-over': { status: 401, zh: '这一步验证已经过期或用过，尚未登录。请回到登录页重新输入密码。', en: 'This step has expired or was used, so you are not signed in. Go back and enter the password again.' },
  'session.not-proved': { status: 422, zh: '密码或验证码不正确，没有任何改动，您填写的内容仍然保留。请核对后再试；多次输错会锁定十五分钟。', en: 'The password or the code is wrong. Nothing was changed and what you entered is kept. Check them and try again; several failures lock the account for fifteen minutes.' },
  'account.must-enrol': { status: 403, zh: '您的岗位要求两种方式登录。没有任何改动，请先在“我的账号”设置验证器或通行密钥，再继续。', en: 'Your post needs two factors. Nothing was changed; set up an authenticator or a passkey under “My account” first, then go on.' },
  'factor.exists': { status: 409, zh: '已经设置过验证器，没有任何改动。要换手机，请先停用现在的验证器。', en: 'An authenticator is set up already; nothing was changed. To move to another phone, switch the present one off first.' },
  'factor.wrong-code': { status: 422, zh: '验证码不正确，验证器还没有生效。请核对手机时间，输入最新的六位数字。', en: 'The code is wrong, so the authenticator does not count yet. Check your phone’s clock and enter the latest six digits.' },
  'factor.required': { status: 409, zh: '您的岗位要求第二种验证方式，这是最后一个，没有停用。请先添加另一个。', en: 'Your post needs a second factor and this is the last one, so it was kept. Add another first.' },
  'factor.none': { status: 409, zh: '还没有设置第二种验证方式，没有任何改动。请先设置验证器或通行密钥。', en: 'No second factor is set up, so nothing was changed. Set up an authenticator or a passkey first.' },
  'passkey.refused': { status: 422, zh: '通行密钥没有通过核验，没有保存。请重新添加；设备须能验证您本人（指纹、面容或锁屏密码）。', en: 'The passkey could not be verified and was not saved. Add it again; the device must verify you (fingerprint, face or screen lock).' },
  'passkey.unknown': { status: 404, zh: '没有找到这个通行密钥，可能已经删除。没有任何改动，请刷新。', en: 'There is no such passkey; it may have been removed. Nothing was changed; refresh.' },
  'account.taken': { status: 409, zh: '这个用户名已经有人使用。您填写的内容已保留，请换一个用户名。', en: 'That user name is taken. What you filled in is kept; choose another name.' },
  'account.not-registered': { status: 422, zh: '姓名与身份号码不符。您填写的内容已保留，请核对后再提交，或到政务服务中心窗口办理。', en: 'Name and citizen number do not match. What you filled in is kept; check them, or come to the service hall.' },
  'account.exists': { status: 409, zh: '这个身份号码已经注册过账号。请直接登录；忘记密码请到窗口办理。', en: 'This citizen number has an account already. Sign in; if you forgot the password, come to the window.' },
  'account.weak-password': { status: 422, zh: '密码太弱：至少 8 位，且不能与用户名相同或全是同一个字符。原来的密码没有改变。', en: 'The password is too weak: 8 characters or more, not the user name and not one character repeated. The old one is unchanged.' },
  'account.must-change': { status: 403, zh: '您用的是一次性密码，须先改成自己的密码。没有任何改动，请到“我的账号”修改密码后继续。', en: 'This is a one-time password: choose your own first. Nothing was changed; change it under “My account”, then go on.' },
  'account.same-password': { status: 422, zh: '新密码不能与现在的密码相同。密码没有改变，请换一个。', en: 'The new password can’t be the current one. Nothing was changed; choose another.' },
  'account.wrong-password': { status: 422, zh: '当前密码不正确，密码没有改变。请重新输入。', en: 'The current password is wrong; nothing was changed. Enter it again.' },
});
