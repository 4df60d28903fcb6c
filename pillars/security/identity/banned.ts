/** Words of the house: a password made of one of them and a few digits is the first that is tried (OWASP ASVS 5.0 V6.1.2). */
const HOUSE = ['zhengwu', 'yunchuan', 'zhengfu', 'password', 'mima', 'woaini', 'admin', 'administrator', 'welcome', 'qwerty', 'letmein'];
/** From here on the list's words matter: shorter ones are refused for their length. */
const SHORTEST = 8;

let listed: Promise<ReadonlySet<string>> | undefined;

/** Passwords that are known to be used by many, in lower case; read at the first question. */
const commonPasswords = (): Promise<ReadonlySet<string>> =>
  (listed ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => new Set(dictionary['passwords-common'].map(String).filter((one) => one.length >= SHORTEST).map((one) => one.toLowerCase()))));

/** What stays of a password when the ornaments are gone that people add to a word. */
const wordOf = (password: string): string => password.toLowerCase().replace(/^[\d\W_]+|[\d\W_]+$/gu, '');

/** Whether a password is one of the most used, a word of the house or the account's own name with ornaments (ASVS V6.2.4, V6.2.11). */
export const isBanned = async (password: string, username: string): Promise<boolean> => {
  const word = wordOf(password);
  if (HOUSE.includes(word) || (word !== '' && word === wordOf(username))) return true;
  return (await commonPasswords()).has(password.toLowerCase());
};
