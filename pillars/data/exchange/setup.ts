import type { Config } from '@zhengwu/config';
import { readServer } from './identifiers.ts';

/** What a node is told by the settings. */
export interface NodeSettings {
  /** INSTANCE/CLASS/MEMBER/CODE. */
  server: string;
  instance: string;
  member: string;
  /** Where other nodes reach it. */
  address: string;
}

/** The settings of this site's node; undefined where it has none. Throws for a name that is none. */
export const nodeSettings = ({ exchange: { server, address }, host, ports }: Pick<Config, 'exchange' | 'host' | 'ports'>): NodeSettings | undefined => {
  if (server === undefined) return undefined;
  const read = readServer(server);
  if (!read) throw new Error(`ZHENGWU_EXCHANGE_SERVER must be INSTANCE/CLASS/MEMBER/CODE, each part percent-encoded, and is ${server}`);
  const at = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host;
  return { server, instance: read.member.split('/')[0] as string, member: read.member, address: address === undefined ? `https://${at}:${ports.exchangeNodes}` : new URL(address).origin };
};
