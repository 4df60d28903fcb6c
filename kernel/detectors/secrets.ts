import type { Finding } from './finding.ts';

/** Private keys: RFC 7468, and PuTTY's files. Long words, which a search passes over quickly. */
const HEADS: readonly { hint: string; form: RegExp; name: string }[] = [
  { hint: 'PRIVATE KEY-----', form: /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY-----/g, name: 'PRIVATE KEY' },
  { hint: 'PuTTY-User-Key-File-', form: /PuTTY-User-Key-File-[23]:/g, name: 'PuTTY key' },
];
/** Keys of services whose makers publish their form; each is one token. */
const TOKENS: readonly { form: RegExp; name: string }[] = [
  { form: /^AKIA[0-9A-Z]{16}$/, name: 'AKIA…' }, { form: /^LTAI[A-Za-z0-9]{16,20}$/, name: 'LTAI…' }, { form: /^AKID[A-Za-z0-9]{32}$/, name: 'AKID…' }, { form: /^ghp_[A-Za-z0-9]{36}$/, name: 'ghp_…' },
  { form: /^github_pat_[A-Za-z0-9_]{40,90}$/, name: 'github_pat_…' },
];
const SHORTEST = 20;
const LONGEST = 101;

const isToken = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;

/** Tokens of twenty characters and more: one in each stretch of twenty must be one of its characters, and so must those about it. */
const tokensIn = (text: string): Finding[] => {
  const found: Finding[] = [];
  for (let at = SHORTEST - 1; at < text.length; at += SHORTEST) {
    if (!isToken(text.charCodeAt(at))) continue;
    let start = at;
    while (start > 0 && at - start < SHORTEST && isToken(text.charCodeAt(start - 1))) start -= 1;
    if (at - start >= SHORTEST) continue;
    let end = at + 1;
    while (end - start <= LONGEST && isToken(text.charCodeAt(end))) end += 1;
    if (end - start < SHORTEST || end - start > LONGEST) continue;
    const token = text.slice(start, end);
    const form = TOKENS.find((one) => one.form.test(token));
    if (form) found.push({ kind: 'secret', at: start, length: end - start, sample: form.name });
  }
  return found;
};

/** Private keys and keys of services. */
export const secretsIn = (text: string): Finding[] => {
  const found = tokensIn(text);
  for (const { hint, form, name } of HEADS) {
    if (text.includes(hint)) found.push(...[...text.matchAll(form)].map(({ 0: value, index }): Finding => ({ kind: 'secret', at: index, length: value.length, sample: name })));
  }
  return found;
};
