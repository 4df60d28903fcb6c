import type { Belonging, Flow } from '@zhengwu/directory';
import type { Tx } from '@zhengwu/database';
import { oneTimePassword, openAccounts } from './loading.ts';
import { hashPassword } from './password.ts';
import { closeAccount, openSessionsOf, renewAccount } from './store-leaving.ts';

/** The open sessions of a leaver: they end with the account, in the transaction of leaving. */
const sessions: Belonging = {
  code: 'sessions', name: { zh: '登录会话', en: 'Sessions' }, moved: false,
  count: openSessionsOf,
  end: (tx, { person }) => closeAccount(tx, person),
};

/** Accounts follow the directory: they open when somebody joins, and end with their sessions when somebody leaves. */
export const followPeople = (flow: Flow): void => {
  flow.belongings.push(sessions);
  flow.reopenAccount = async (tx: Tx, person) => {
    const password = oneTimePassword();
    return (await renewAccount(tx, person, await hashPassword(password))) ? password : null;
  };
  flow.openAccount = async (tx: Tx, account) => (await openAccounts(tx, [account]))[0]?.password ?? null;
};
