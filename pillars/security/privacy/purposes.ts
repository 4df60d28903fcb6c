import type { Text } from '@zhengwu/contracts';

/** Why personal data is handled, and what allows it. */
export interface Purpose {
  name: Text;
  basis: Text;
}

const t = (zh: string, en: string): Text => ({ zh, en });
const duty = t('个人信息保护法 §13（三）：履行法定职责所必需', 'Personal Information Protection Law §13(3): needed for a statutory duty');

/** The register of purposes (个人信息保护法 §6, §17); every operation that handles personal data names one of these. */
export const purposes: Readonly<Record<string, Purpose>> = {
  'case-handling': { name: t('办理您申请的事项', 'Handling what you applied for'), basis: duty },
  'window-intake': { name: t('在窗口为您提交申请', 'Applying for you at the window'), basis: duty },
  'form-filling': { name: t('用已有信息为您填表', 'Filling in forms from what is on file'), basis: t('个人信息保护法 §13（三）、§16：履行法定职责所需，可随时关闭', 'Personal Information Protection Law §13(3), §16: needed for a statutory duty; you can turn it off at any time') },
  'licence-issuing': { name: t('制作和发放证照', 'Making and handing out licences'), basis: duty },
  'own-access': { name: t('您查看自己的信息', 'Showing you your own data'), basis: t('个人信息保护法 §44、§45', 'Personal Information Protection Law §44, §45') },
  'account-security': { name: t('保护账号安全', 'Keeping accounts safe'), basis: t('网络安全法 §21；个人信息保护法 §13（三）、§51', 'Cybersecurity Law §21; Personal Information Protection Law §13(3), §51') },
  correction: { name: t('更正您的信息', 'Correcting your data'), basis: t('个人信息保护法 §46', 'Personal Information Protection Law §46') },
  'register-lookup': { name: t('依职权查询基础库', 'Looking up a base register in the course of duty'), basis: duty },
  'register-filling': { name: t('批量填充基础库', 'Filling base registers in bulk'), basis: duty },
  'record-matching': { name: t('核对基础库中的重复记录', 'Finding and merging duplicate records in registers'), basis: t('个人信息保护法 §8、§13（三）：保证个人信息的质量', 'Personal Information Protection Law §8, §13(3): keeping personal data right') },
  'data-quality': { name: t('测评基础库的数据质量', 'Measuring the quality of registers'), basis: t('个人信息保护法 §8：保证个人信息的质量', 'Personal Information Protection Law §8: keeping personal data right') },
  audit: { name: t('安全审计', 'Security audit'), basis: t('网络安全法 §21；个人信息保护法 §54', 'Cybersecurity Law §21; Personal Information Protection Law §54') },
};

/** Events that are not recorded by an operation's own rule. */
export const eventPurposes: Readonly<Record<string, string>> = { 'register.read': 'form-filling' };
