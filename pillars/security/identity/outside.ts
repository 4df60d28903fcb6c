import type { Tx } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { sessionView } from './actors.ts';
import { openChallenge } from './challenges.ts';
import { openFor, refuse } from './entering.ts';
import { fail } from './errors.ts';
import { Identity } from './identity.ts';
import { isOpen } from './means.ts';
import type { Holder, OutsideDoor } from './outside-door.ts';
import { hashPassword, refuseWeak } from './password.ts';
import { levelOf } from './proving.ts';
import * as store from './store.ts';
import * as outside from './store-outside.ts';
import * as proofs from './store-proofs.ts';
import { OUTSIDE } from './words.ts';

const find = async (tx: Tx, by: { account: string } | { person: string }): Promise<store.AccountRow | null> =>
  'account' in by ? store.accountById(tx, by.account) : store.accountOfPerson(tx, by.person);
const means = (source: string): string => OUTSIDE + source;

const holderOf = async (site: Site, tx: Tx, row: store.AccountRow): Promise<Holder> => {
  const { code, passkey } = await proofs.hasFactor(tx, row.id);
  return {
    id: row.id, kind: row.kind, username: row.username, person: row.person, name: row.person_name, isOpen: isOpen(row, site.clock.now().getTime()),
    hasPassword: row.password_hash !== null, hasPasskey: passkey, hasFactor: code || passkey,
  };
};
const needed = async (tx: Tx, id: string): Promise<store.AccountRow> => {
  const row = await store.accountById(tx, id);
  if (!row) throw fail('session.refused');
  return row;
};

const entering = (site: Site): Pick<OutsideDoor, 'enter' | 'refuse' | 'proves' | 'view'> => ({
  enter: async (tx, from, id, source, proof) => {
    const account = await needed(tx, id);
    if (account.kind !== from.kind || !isOpen(account, site.clock.now().getTime())) {
      await refuse(site, tx, from, means(source), account.kind === from.kind ? account : null, source);
      return { refused: 'session.refused' };
    }
    const { code, passkey } = await proofs.hasFactor(tx, id);
    if ((code || passkey) && proof < 2) return { challenge: await openChallenge(tx, 'second-factor', from.kind, { account: id }), means: [...(code ? ['code'] : []), ...(passkey ? ['passkey'] : []), 'recovery'] };
    return openFor(site, tx, from, account, means(source), proof);
  },
  refuse: async (tx, from, source, id) => refuse(site, tx, from, means(source), await store.accountById(tx, id)),
  proves: async (tx, id, given) => {
    const account = await needed(tx, id);
    return isOpen(account, site.clock.now().getTime()) && (await levelOf(site, tx, account, given)) !== null;
  },
  view: async (token) => {
    const { sessions, csrf, mustHaveFactor } = site.use(Identity);
    const facts = await sessions.of(token);
    if (!facts) throw fail('session.refused');
    return sessionView(facts, csrf.sign(facts.session), { demo: site.config.demo, mustHaveFactor });
  },
});

/** See OutsideDoor. */
export const openOutside = (site: Site): OutsideDoor => ({
  ...entering(site),
  holder: async (tx, by) => {
    const row = await find(tx, by);
    return row && holderOf(site, tx, row);
  },
  open: async (tx, { id: person, name }, source) => {
    const id = uuidv7();
    const row = { id, kind: 'citizen' as const, username: `u${id.replaceAll('-', '').slice(-10)}`, person, person_name: name, password_hash: null };
    if (!(await store.insertAccounts(tx, [row]))) throw fail('account.exists');
    await outside.verifyBySource(tx, id, source);
    return holderOf(site, tx, await needed(tx, id));
  },
  verify: (tx, account, source) => outside.verifyBySource(tx, account, source),
  proved: (tx, session, level) => proofs.proveSession(tx, session, level),
  setPassword: async (tx, id, password, session) => {
    const account = await needed(tx, id);
    if (account.password_hash !== null) return false;
    await refuseWeak(site.use(Identity).isBreached, password, account.username, '/body/password');
    await store.changePassword(tx, id, await hashPassword(password), session);
    return true;
  },
  end: (tx, sessions) => outside.endSessions(tx, sessions),
  forget: (session) => site.use(Identity).sessions.forget(session),
});
