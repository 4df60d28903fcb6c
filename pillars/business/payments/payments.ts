import { key } from '@zhengwu/module';
import type { PaymentProvider } from './provider.ts';
import type { OrderRow } from './store.ts';

export interface Payments {
  /** Where new orders are paid. */
  readonly current: string;
  find(name: string): PaymentProvider | undefined;
  /** Throws for a provider this site does not have any more. */
  provider(name: string): PaymentProvider;
  all(): readonly PaymentProvider[];
  /** The receipt of a paid order as PDF; the typesetter is offered by licences. */
  printReceipt(order: OrderRow): Promise<Buffer>;
  printWith(print: (order: OrderRow) => Promise<Buffer>): void;
}

export const Payments = key<Payments>('payments');

/** Holds a site's providers; the first one is where new orders go. */
export const openPayments = (providers: readonly PaymentProvider[]): Payments => {
  const byName = new Map(providers.map((provider) => [provider.name, provider]));
  let print: (order: OrderRow) => Promise<Buffer> = () => Promise.reject(new Error('nobody prints receipts on this site'));
  return {
    current: providers[0]?.name ?? 'none',
    find: (name) => byName.get(name),
    provider: (name) => {
      const provider = byName.get(name);
      if (!provider) throw new Error(`this site has no payment provider ${name}`);
      return provider;
    },
    all: () => providers,
    printReceipt: (order) => print(order),
    printWith: (given) => void (print = given),
  };
};
