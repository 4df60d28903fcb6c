import type { Finding } from './finding.ts';

/** Keys whose form their makers publish: what to look for first, then the whole form. RFC 7468 for private keys. */
const FORMS: readonly { hint: string; form: RegExp; name: string }[] = [
  { hint: 'PRIVATE KEY-----', form: /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY-----/g, name: 'PRIVATE KEY' },
  { hint: 'PuTTY-User-Key-File-', form: /PuTTY-User-Key-File-[23]:/g, name: 'PuTTY key' },
  { hint: 'AKIA', form: /(?<![A-Za-z0-9])AKIA[0-9A-Z]{16}(?![A-Za-z0-9])/g, name: 'AKIA…' },
  { hint: 'LTAI', form: /(?<![A-Za-z0-9])LTAI[A-Za-z0-9]{16,20}(?![A-Za-z0-9])/g, name: 'LTAI…' },
  { hint: 'AKID', form: /(?<![A-Za-z0-9])AKID[A-Za-z0-9]{32}(?![A-Za-z0-9])/g, name: 'AKID…' },
  { hint: 'ghp_', form: /(?<![A-Za-z0-9])ghp_[A-Za-z0-9]{36}(?![A-Za-z0-9])/g, name: 'ghp_…' },
  { hint: 'github_pat_', form: /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{40,90}(?![A-Za-z0-9])/g, name: 'github_pat_…' },
  { hint: 'xoxb-', form: /(?<![A-Za-z0-9])xoxb-[0-9A-Za-z-]{20,90}/g, name: 'xoxb-…' },
];

/** Private keys and keys of services. */
export const secretsIn = (text: string): Finding[] =>
  FORMS.flatMap(({ hint, form, name }) => (text.includes(hint) ? [...text.matchAll(form)].map(({ 0: value, index }): Finding => ({ kind: 'secret', at: index, length: value.length, sample: name })) : []));
