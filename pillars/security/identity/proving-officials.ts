import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import { refuse, type From } from './entering.ts';
import { Identity, type OfficialProof } from './identity.ts';
import { checkPassword } from './means.ts';
import * as store from './store.ts';
import { hasFactor } from './store-proofs.ts';

/** Checks an official's password for a door that knows no second step (LDAP); failures count, lock and are recorded as at the sign-in page. */
export const proveOfficial = async (site: Site, given: { account: string; password: string }, at: Pick<From, 'address' | 'agent' | 'requestId'>): Promise<OfficialProof> => {
  const asPlatform = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);
  const found = await asPlatform((tx) => store.accountByName(tx, 'official', given.account.trim()));
  const isRight = await checkPassword(found, given.password, site.clock.now().getTime());
  return asPlatform(async (tx): Promise<OfficialProof> => {
    if (!found || !isRight) {
      await refuse(site, tx, { kind: 'official', ...at }, 'password', found, given.account);
      return { refused: 'wrong' };
    }
    await store.clearFailures(tx, found.id);
    if (found.must_change) return { refused: 'must-change' };
    const { code, passkey } = await hasFactor(tx, found.id);
    if (code || passkey || site.use(Identity).mustHaveFactor(await store.rolesOf(tx, found.person))) return { refused: 'two-factors' };
    return { account: found.id, username: found.username, person: found.person, name: found.person_name };
  });
};
