import type { Text } from '@zhengwu/contracts';

interface Template {
  title: Text;
  body: Text;
}

const t = (zh: string, en: string): Text => ({ zh, en });

/** Every critical point of a case, told in plain words: what happened, what to do, by when. */
export const TEMPLATES: Readonly<Record<string, Template>> = {
  received: { title: t('已收到您的申请', 'We have received your application'), body: t('您申请的“{service}”已收到，受理编号 {number}。我们会在五个工作日内告知是否受理。', 'Your application “{serviceEn}” has arrived; its number is {number}. Within five working days you will hear whether it is accepted.') },
  accepted: { title: t('您的申请已受理', 'Your application is accepted'), body: t('“{service}”（{number}）已受理，承诺在 {due} 前办结。', '“{serviceEn}” ({number}) is accepted. We promise a decision by {due}.') },
  correctionAsked: { title: t('请补正材料', 'Please correct your application'), body: t('“{service}”（{number}）需要您一次性补正：{items}。请在 {due} 前补正，期间不计入办理时限。', '“{serviceEn}” ({number}) needs the following from you, all named at once: {items}. Please give it by {due}; the clock stands still until then.') },
  correctionOverdue: { title: t('逾期未补正，申请已终止', 'Not corrected in time: the application has ended'), body: t('“{service}”（{number}）没有在期限内补正，视为撤回申请，已于 {date} 终止办理。需要时可以重新申请。', '“{serviceEn}” ({number}) was not corrected in time, is taken as withdrawn and ended on {date}. You may apply again.') },
  suspended: { title: t('进入特别程序', 'A special procedure has begun'), body: t('“{service}”（{number}）进入特别程序，预计 {days} 个工作日，期间不计入办理时限。原因：{reason}', '“{serviceEn}” ({number}) has entered a special procedure of about {days} working days, which do not count. Reason: {reason}') },
  resumed: { title: t('特别程序结束', 'The special procedure has ended'), body: t('“{service}”（{number}）恢复办理，承诺在 {due} 前办结。', '“{serviceEn}” ({number}) goes on; we promise a decision by {due}.') },
  extended: { title: t('办理期限延长', 'The time limit was extended'), body: t('“{service}”（{number}）的办理期限延长 {days} 个工作日，至 {due}。原因：{reason}', 'The limit of “{serviceEn}” ({number}) was extended by {days} working days to {due}. Reason: {reason}') },
  feeDue: { title: t('请缴纳费用', 'A fee is due'), body: t('“{service}”（{number}）需要缴费 {amount} 元，请在“我的办件”中缴纳。', '“{serviceEn}” ({number}) has a fee of {amount} yuan. Pay it under “My cases”.') },
  'payment-reminder': { title: t('缴费提醒', 'Reminder: a fee is due'), body: t('“{service}”（{number}）的费用还没有缴纳。逾期未缴将终止办理，请尽快缴纳。', 'The fee of “{serviceEn}” ({number}) is still due. The case ends if it is not paid in time; please pay soon.') },
  paymentReturned: { title: t('费用已退回', 'Your fee was returned'), body: t('“{service}”（{number}）的费用 {amount} 元已原路退回。', 'The fee of “{serviceEn}” ({number}), {amount} yuan, went back the way it came.') },
  'appointment-missed': { title: t('您未按预约时间到场', 'You missed your appointment'), body: t('“{service}”（{number}）预约的时间已过，您没有到场。请尽快联系承办部门。', 'You did not come to your appointment for “{serviceEn}” ({number}). Please call the department soon.') },
  approved: { title: t('已办结：准予', 'Finished: approved'), body: t('“{service}”（{number}）已于 {date} 办结，准予您的申请。结果在“我的证照”中，欢迎评价这次服务。', '“{serviceEn}” ({number}) was finished on {date}: approved. The result is under “My licences”. Please rate the service.') },
  notApproved: { title: t('已办结：不予批准', 'Finished: not approved'), body: t('“{service}”（{number}）未获批准。理由：{reason}。您可以依法申请行政复议或提起行政诉讼。', '“{serviceEn}” ({number}) was not approved. Reason: {reason}. You may ask for administrative review or go to court.') },
  notWithinScope: { title: t('不属于受理范围', 'Not within our scope'), body: t('“{service}”（{number}）不属于本机关受理范围。说明：{reason}', '“{serviceEn}” ({number}) is not within this body’s scope. Note: {reason}') },
  refused: { title: t('不予受理', 'Not accepted'), body: t('“{service}”（{number}）不予受理。理由：{reason}', '“{serviceEn}” ({number}) was not accepted. Reason: {reason}') },
  withdrawn: { title: t('申请已撤回', 'Application withdrawn'), body: t('“{service}”（{number}）已撤回，不再办理。需要时可以重新申请。', '“{serviceEn}” ({number}) is withdrawn and goes no further. You may apply again.') },
  revoked: { title: t('决定已撤销', 'The decision was revoked'), body: t('“{service}”（{number}）的决定已撤销，相应证照失效。理由：{reason}', 'The decision on “{serviceEn}” ({number}) was revoked; its licence is no longer valid. Reason: {reason}') },
  ratingFollowUp: { title: t('感谢您的评价', 'Thank you for your rating'), body: t('我们会就“{service}”（{number}）与您联系，并在 15 个工作日内整改反馈。', 'We will call you about “{serviceEn}” ({number}) and tell you within 15 working days what was put right.') },
  licenceReady: { title: t('证照已制作完成', 'Your licence is ready'), body: t('您的“{name}”（{number}）已制作完成，可在“我的证照”中查看、下载。', 'Your “{nameEn}” ({number}) is ready. See and download it under “My licences”.') },
  licenceExpiring: { title: t('证照即将到期', 'A licence will expire soon'), body: t('您的“{name}”将于 {date} 到期，请及时换领。', 'Your “{nameEn}” expires on {date}. Please renew it in time.') },
  taskTakenOver: { title: t('您的任务已由他人接办', 'Your task was taken over'), body: t('“{service}”（{number}）的“{task}”已由{by}接办。理由：{reason}', '“{taskEn}” of “{serviceEn}” ({number}) was taken over by {by}. Reason: {reason}') },
  chaseAnswered: { title: t('督办已答复', 'Your chase was answered'), body: t('“{service}”（{number}）的督办已由{by}答复：{text}', '{by} answered your chase of “{serviceEn}” ({number}): {text}') },
  chaseLate: { title: t('督办逾期未答复', 'A chase is overdue'), body: t('“{service}”（{number}）的督办应于 {due} 前答复，至今没有答复。', 'The chase of “{serviceEn}” ({number}) was to be answered by {due} and has no answer yet.') },
  incident: { title: t('办件流程出错', 'A process met a problem'), body: t('“{service}”（{number}）的流程在“{element}”处停住：{reason}。办件内容已保留；消除原因后，请在“系统管理—流程异常”中重试。', 'The process of “{serviceEn}” ({number}) stands still at “{element}”: {reason}. The case is kept as it is; once the cause is mended, try again under “Administration – Incidents”.') },
  privacyCopyReady: { title: t('您的个人信息副本已准备好', 'Your copy of your data is ready'), body: t('请在七天内到“我的空间—我的信息”下载。下载前请确认是在自己的设备上。', 'Download it within seven days under “My space – My data”, on a device of your own.') },
  privacyCorrectionAnswered: { title: t('您的信息更正请求已答复', 'Your request for correction was answered'), body: t('请到“我的空间—我的信息”查看答复。', 'Read the answer under “My space – My data”.') },
  fileRefused: { title: t('有一份材料需要重新提供', 'One of your files must be given again'), body: t('“{service}”（{number}）的材料“{material}”的文件未通过安全检查，已经删除，其他内容都已保留。请先用杀毒软件检查您的设备；工作人员会请您补正，也可到窗口提供。', 'The file of “{materialEn}” for “{serviceEn}” ({number}) failed the malware check and was deleted; everything else is kept. Check your device with an antivirus program. You will be asked for a new file, or bring it to the window.') },
  operationalAlert: { title: t('运行告警：{name}', 'Operational alert: {nameEn}'), body: t('{about}：{note}。请在“安全—运行告警”中接手处理；无人接手将继续升级。', '{aboutEn}: {noteEn}. Take it in hand under “Security – Operational alerts”; if nobody does, it goes further up.') },
  certificateExpiring: { title: t('证书即将到期', 'A certificate will expire soon'), body: t('证书“{name}”（序列号 {serial}）将于 {date} 到期，到期后不能再用于登录和签名。请及时在控制台“安全—证书”中申请续期。', 'The certificate “{name}” (serial {serial}) expires on {date}; after that nobody can sign in or sign with it. Ask for its renewal under “Security – Certificates” in time.') },
  accountRecovered: { title: t('您的账号已被找回', 'Your account was recovered'), body: t('您的账号已于 {at} 通过{means}找回，原有登录全部退出，敏感操作须等冷却期过后才能进行。如果不是您本人办理，请立即联系管理员或到窗口。', 'Your account was recovered on {at} {meansEn}; it was signed out everywhere, and sensitive operations wait until it has cooled. If that was not you, call the administrator or come to a window at once.') },
  governanceReminder: { title: t('安全管理提醒：{number}', 'Reminder: {number}'), body: t('“{title}”{what}（期限 {due}）。请在“安全—管理登记”中处理。', '“{title}” {whatEn} (due {due}). See to it under “Security – Registers”.') },
  defenceAlert: { title: t('安全告警：{kind}', 'Security alert: {kind}'), body: t('安全防护发现需要人工判断的情况（{kind}），请在“安全—安全告警”中接手处理。', 'The defence has found something for a person to judge ({kind}). Take it in hand under “Security – Alerts”.') },
  notice: { title: t('办件通知', 'Notice on your case'), body: t('“{service}”（{number}）有新的进展，请在“我的办件”中查看。', 'There is news on “{serviceEn}” ({number}); see “My cases”.') },
};

const fill = (text: string, params: Readonly<Record<string, unknown>>): string => text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));

/** A message as both languages read it; an unknown template is told as plain news of the case. */
export const wordingOf = (template: string, params: Readonly<Record<string, unknown>>): Template => {
  const found = TEMPLATES[template] ?? (TEMPLATES['notice'] as Template);
  return {
    title: { zh: fill(found.title.zh, params), en: fill(found.title.en, params) },
    body: { zh: fill(found.body.zh, params), en: fill(found.body.en, params) },
  };
};
