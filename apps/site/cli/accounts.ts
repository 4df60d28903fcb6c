import { hostname, userInfo } from 'node:os';
import { openAudit } from '@zhengwu/audit';
import { readConfig } from '@zhengwu/config';
import { startDatabase } from '@zhengwu/database';
import { leaveDemo } from '@zhengwu/identity';
import { schemasOf } from '@zhengwu/module';
import { siteModules } from '../modules.ts';
import { both } from './say.ts';
import { databaseOptions } from './state.ts';
import { DONE, FAILED, type Terminal } from './terminal.ts';
import { words } from './words.ts';

/** `accounts leave-demo [--keep NAMES]`: disables the accounts of the demonstration; those kept get one-time passwords. */
export const leaveDemoAccounts = async (keep: readonly string[], { out }: Terminal, environment: NodeJS.ProcessEnv): Promise<number> => {
  const running = await startDatabase({ ...databaseOptions(readConfig(environment)), beside: true }, schemasOf(siteModules()));
  try {
    const { database } = running;
    const { disabled, accounts, unknown } = await database.as(database.system, async (tx) => {
      const left = await leaveDemo(tx, keep);
      const who = { kind: 'system' as const, name: `${userInfo().username}@${hostname()}`, requestId: 'accounts leave-demo', address: '' };
      await openAudit(database).recordFor(tx, who, { event: 'account.demoLeft', subject: 'demo', detail: { disabled: left.disabled, kept: left.accounts.map((one) => one.username) } });
      return left;
    });
    out(both(words.demoLeft, { count: disabled }));
    if (accounts.length > 0) out(both(words.oneTime));
    for (const { username, password } of accounts) out(`  ${username}\t${password}`);
    if (unknown.length > 0) out(both(words.keptUnknown, { accounts: unknown.join(', ') }));
    return unknown.length > 0 ? FAILED : DONE;
  } finally {
    await running.stop();
  }
};
