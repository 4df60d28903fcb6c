import type { ReactNode } from 'react';
import { readExchangeState, type ExchangeCall, type ResponseOf } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { sizeOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';

export type ExchangeState = ResponseOf<typeof readExchangeState>;
export type Members = ExchangeState['members'];

/** Name of the member that a member, server, subsystem or service identifier begins with; the identifier itself where the federation knows none. */
export const memberName = (members: Members, id: string): string => {
  const member = id.split('/', 3).join('/');
  return members.find((one) => one.id === member)?.name ?? id;
};

/** Who is in the federation, by the membership document that the node works on. */
export const useMembers = (): Members => useRead(readExchangeState, {}, { keep: true }).data?.members ?? [];

/** An identifier as people read it: the member's name, what of the member's, and the whole identifier below. */
export const Party = ({ members, id, children }: { members: Members; id: string; children?: ReactNode }) => (
  <>{children ?? memberName(members, id)}<code className="small soft what break">{id}</code></>
);

/** Bytes as people read them, to the byte where they are few. */
export const amountOf = (bytes: number): string => (bytes < 1024 ? `${bytes} B` : sizeOf(bytes));

export const Milliseconds = ({ value }: { value: number }) => {
  const { t } = useSpeech();
  return <>{t('exchange.ms', { ms: value < 10 ? Math.round(value * 10) / 10 : Math.round(value).toLocaleString('en-US') })}</>;
};

/** The page of a service; its names may hold what an address cannot, so they are asked for. */
export const serviceAddress = ({ subsystem, code }: { subsystem: string; code: string }): string => `/data/exchange-services/one?${new URLSearchParams({ subsystem, code }).toString()}`;

/** How a call ended: what the service answered, or the fault of the exchange. */
export const Outcome = ({ call: { status, succeeded, fault } }: { call: Pick<ExchangeCall, 'status' | 'succeeded' | 'fault'> }) => {
  const { t } = useSpeech();
  if (fault) return <><span className="tag state-off">{t('exchange.failed')}</span><code className="small soft what break">{fault}</code></>;
  return <span className={succeeded ? 'tag state-good' : 'tag state-wait'}>{status ?? '—'}</span>;
};
