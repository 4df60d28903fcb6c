import { createHmacSigner, mintToken } from '@zhengwu/crypto';
import type { Database } from '@zhengwu/database';
import type { Callback, PaymentProvider } from './provider.ts';
import * as store from './store.ts';

export const SANDBOX = 'sandbox';

const parts = (callback: Omit<Callback, 'signature'>): string[] => [callback.order, callback.transaction, String(callback.amount), callback.result, callback.at, callback.nonce];

export interface Sandbox extends PaymentProvider {
  /** What the bank would send for a transaction, signed. */
  callbackOf(row: store.SandboxRow, result: 'paid' | 'failed' | 'refunded'): Callback;
}

/** A bank of the demonstration: it keeps its own books and calls back with a signature like a real one. */
export const openSandbox = (database: Database, secret: string, origin: string): Sandbox => {
  const signer = createHmacSigner(secret, 'sandbox-bank');
  return {
    name: SANDBOX,
    open: async ({ number, amount, returnTo }) => {
      const row = await store.sandboxOpen(database, { order_number: number, transaction: mintToken(18), amount, callback: `${origin}/api/payments/callback/${SANDBOX}`, return_to: returnTo });
      return { address: `${origin}/api/sandbox/${row.transaction}` };
    },
    verify: ({ signature, ...callback }) => signer.verify(signature, ...parts(callback)),
    refund: async ({ transaction }) => {
      const settled = await store.sandboxSettle(database, transaction, 'paid', 'refunded');
      // Asked again after an answer that was lost: it is refunded, once.
      if (!settled && (await store.sandboxRead(database, transaction))?.status !== 'refunded') throw new Error('the sandbox bank refuses the refund');
    },
    statement: async (day) => (await store.sandboxBooks(database, day)).map((row) => ({
      order: row.order_number, transaction: row.transaction, amount: Number(row.amount), status: row.status === 'refunded' ? 'refunded' : 'paid',
    })),
    callbackOf: (row, result) => {
      const callback = { order: row.order_number, transaction: row.transaction, amount: Number(row.amount), result, at: new Date().toISOString(), nonce: mintToken(12) };
      return { ...callback, signature: signer.sign(...parts(callback)) };
    },
  };
};
