import { StartError, type Database, type Tx } from '@zhengwu/database';
import { oneTimePassword, type NewAccount } from './loading.ts';
import { hashPassword } from './password.ts';
import { accountByName } from './store.ts';
import { demoAccounts, disableDemoAccounts, endAllSessions, giveOneTimePassword } from './store-keeping.ts';

/** Accounts named in the line that refuses to start. */
const NAMED = 5;
/** Three days: the passwords are handed over on paper. */
const HANDED_MINUTES = 3 * 24 * 60;

/** Refuses to start a real site while any account still has the password of the demonstration (GB/T 22239: default accounts are renamed or removed, default passwords changed). */
export const refuseDemoAccounts = async (database: Database): Promise<void> => {
  const { names, count } = await database.as(database.system, (tx) => demoAccounts(tx, NAMED), { readOnly: true });
  if (count === 0) return;
  const listed = names.join(', ') + (count > names.length ? ' …' : '');
  throw new StartError(
    `${count} accounts still have the demonstration's password (${listed}): run npx zhengwu accounts leave-demo --keep NAMES, then start again / ${count} 个账号仍在使用演示密码（${listed}），系统没有启动；请运行 npx zhengwu accounts leave-demo --keep 账号，再启动`,
  );
};

/** Leaves the demonstration: the officials of `keep` get one-time passwords, every other account with the demonstration's password is disabled. */
export const leaveDemo = async (tx: Tx, keep: readonly string[]): Promise<{ disabled: number; accounts: NewAccount[]; unknown: string[] }> => {
  const disabled = await disableDemoAccounts(tx, keep);
  const accounts: NewAccount[] = [];
  const unknown: string[] = [];
  for (const username of keep) {
    const found = await accountByName(tx, 'official', username);
    if (!found) {
      unknown.push(username);
      continue;
    }
    const password = oneTimePassword();
    await giveOneTimePassword(tx, found.id, await hashPassword(password), HANDED_MINUTES, 0);
    await endAllSessions(tx, found.id);
    accounts.push({ username, password });
  }
  return { disabled, accounts, unknown };
};
