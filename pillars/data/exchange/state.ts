import { X509Certificate } from 'node:crypto';
import type { Tx } from '@zhengwu/database';
import type { ExchangePeer, readExchangeState, ResponseOf } from '@zhengwu/contracts';
import type { Site } from '@zhengwu/module';
import { Exchange, Running } from './exchange.ts';
import type { Node } from './node.ts';
import * as log from './store-log.ts';
import type { View } from './view.ts';

type State = ResponseOf<typeof readExchangeState>;
const DAY_MS = 86_400_000;
const at = (moment: Date | null): string | null => moment?.toISOString() ?? null;

const peersOf = (view: View, own: string, last: readonly log.PeerRow[]): ExchangePeer[] => view.document.servers.map(({ id, address, subsystems, signing }) => {
  const seen = last.find(({ peer }) => peer === id);
  const ends = signing.map(({ certificate }) => new Date(new X509Certificate(certificate).validTo).getTime());
  return { id, address, subsystems, isOwn: id === own, certificateEnds: ends.length > 0 ? new Date(Math.min(...ends)).toISOString() : null, lastAnswer: at(seen?.lastAnswer ?? null), lastFault: seen?.lastFault ?? null };
});

const none: State = { server: null, address: null, suite: null, ports: { nodes: null, systems: null, plain: null }, membership: null, renewal: null, stamping: null, members: [], peers: [], groups: [], figures: [] };

const describe = ({ identity, holding, stamping, site }: Node, ports: State['ports'], peers: readonly log.PeerRow[], figures: State['figures']): State => {
  const view = holding.held();
  const { source, receivedAt, lastTry, problem, warning } = holding.state();
  const stamps = stamping.state();
  const { stampSeconds, stampMinutes } = site.config.exchange;
  return {
    server: identity.settings.server, address: identity.settings.address, suite: identity.signing.signer.suite.crypto.name, ports,
    membership: view ? { instance: view.document.instance, version: view.document.version, expiresAt: view.document.expiresAt, members: view.document.members.length, isEnding: warning, isOver: view.expiresAt <= site.clock.now().getTime() } : null,
    renewal: { source, receivedAt: at(receivedAt), lastTry: at(lastTry), problem },
    stamping: { lastAt: at(stamps.lastAt), oldestAt: at(stamps.oldestAt), waiting: stamps.waiting, problem: stamps.problem, refuses: stamps.refuses, everySeconds: stampSeconds, mostMinutes: stampMinutes },
    peers: view ? peersOf(view, identity.settings.server, peers) : [], members: view?.document.members ?? [], groups: view?.document.groups ?? [], figures,
  };
};

/** How the node is; of a site without one, that it has none. */
export const stateOf = async (site: Site): Promise<State> => {
  const node = await site.use(Running).find();
  if (!node) return none;
  await node.stamping.look();
  const since = new Date(site.clock.now().getTime() - DAY_MS);
  const [peers, figures] = await site.database.as(site.database.system, async (tx: Tx) => [await log.lastOfPeers(tx, since), await log.figures(tx, since)] as const, { readOnly: true });
  return describe(node, site.use(Exchange).ports(), peers, figures);
};
