import { columnKeys, createSealer, suiteNamed } from '@zhengwu/crypto';
import type { Config } from '@zhengwu/config';
import type { Tx } from '@zhengwu/database';
import { openRecoveryCodes } from './recovery-codes.ts';
import * as store from './store-proofs.ts';
import { newSecret, secretUri, stepOf } from './totp.ts';

/** A code as typed: six digits of the authenticator, or a recovery code. */
export interface TypedCode {
  code?: string | undefined;
  recoveryCode?: string | undefined;
}

/** Second factors of accounts: secrets sealed, steps and recovery codes used once. */
export interface Factors {
  /** Begins anew; null when a confirmed authenticator is there. */
  begin(tx: Tx, account: string, label: string): Promise<{ secret: string; uri: string } | null>;
  /** Confirms the secret that was begun; answers whether the code was right. */
  confirm(tx: Tx, account: string, code: string): Promise<boolean>;
  /** Uses a code up; by which means it was right, or null. */
  spend(tx: Tx, account: string, typed: TypedCode): Promise<'code' | 'recovery' | null>;
  /** New recovery codes in place of all before. */
  renew(tx: Tx, account: string): Promise<string[]>;
  /** Takes every second factor away. */
  drop(tx: Tx, account: string): Promise<void>;
}

export const openFactors = (secret: string, config: Pick<Config, 'cryptoSuite' | 'dataFolder' | 'keyPassphrase' | 'demo' | 'session'>, issuer: string, now: () => number): Factors => {
  const sealer = createSealer(secret, 'identity.one-time-code', suiteNamed(config.cryptoSuite), columnKeys(config));
  const recovery = openRecoveryCodes(secret);
  const either = config.session.codeSteps ?? (config.demo ? 1 : 0);
  const step = async (tx: Tx, account: string, code: string, confirmed: boolean): Promise<boolean> => {
    const row = await store.codeOf(tx, account);
    if (!row || (row.confirmed_at !== null) !== confirmed) return false;
    const used = await stepOf(sealer.open(row.secret, account), code, row.last_step, now(), either);
    if (used === null) return false;
    await store.useStep(tx, account, used);
    return true;
  };
  return {
    begin: async (tx, account, label) => {
      const made = newSecret();
      return (await store.beginCode(tx, account, sealer.seal(made, account))) ? { secret: made, uri: secretUri(issuer, label, made) } : null;
    },
    confirm: (tx, account, code) => step(tx, account, code, false),
    spend: async (tx, account, { code, recoveryCode }) => {
      if (code !== undefined) return (await step(tx, account, code, true)) ? 'code' : null;
      if (recoveryCode === undefined) return null;
      return (await store.useRecoveryCode(tx, account, recovery.hashOf(account, recoveryCode))) ? 'recovery' : null;
    },
    renew: async (tx, account) => {
      const { codes, hashes } = recovery.make(account);
      await store.replaceRecoveryCodes(tx, account, hashes);
      return codes;
    },
    drop: async (tx, account) => {
      await store.dropCode(tx, account);
      await store.dropPasskeys(tx, account);
      await store.replaceRecoveryCodes(tx, account, []);
    },
  };
};
