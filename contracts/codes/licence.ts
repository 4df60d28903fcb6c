import { codeList } from './code-list.ts';

export const licenceStatuses = codeList('licence-status', [
  { code: 'valid', zh: '有效', en: 'Valid' },
  { code: 'revoked', zh: '已注销或撤销', en: 'Revoked' },
  { code: 'replaced', zh: '已换发', en: 'Replaced' },
  { code: 'expired', zh: '已过期', en: 'Expired' },
]);
