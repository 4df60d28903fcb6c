import type { Node } from './node.ts';
import { searchCalls, type CallRow } from './store-log.ts';
import type { Peer } from './view.ts';

/** What a node tells another of a message that both had in hand: times, sizes and how it ended, nothing that stood in it. */
export interface TraceStep {
  node: string;
  role: 'consumer' | 'provider';
  request: string;
  message: string;
  client: string;
  service: string;
  method: string;
  requestIn: string;
  requestOut: string | null;
  answerIn: string | null;
  answerOut: string;
  requestSize: number;
  answerSize: number;
  status: number | null;
  fault: string | null;
}

const MOST = 50;

export const stepOf = (node: string, row: CallRow): TraceStep => ({
  node, role: row.role, request: row.request, message: row.message, client: row.client, service: row.service, method: row.method,
  requestIn: row.request_in.toISOString(), requestOut: row.request_out?.toISOString() ?? null, answerIn: row.answer_in?.toISOString() ?? null, answerOut: row.answer_out.toISOString(),
  requestSize: row.request_size, answerSize: row.answer_size, status: row.status, fault: row.fault,
});

const own = async ({ site: { database } }: Node, message: string): Promise<CallRow[]> => database.as(database.system, (tx) => searchCalls(tx, { message, limit: MOST }), { readOnly: true });

/** What this node tells a peer that asks: of messages that came from it or went to it, and no others. */
export const traceFor = async (node: Node, peer: Peer, message: string): Promise<{ steps: TraceStep[] }> =>
  ({ steps: (await own(node, message)).filter((row) => row.peer === peer.id).map((row) => stepOf(node.identity.settings.server, row)) });

const isStep = (value: unknown): value is TraceStep => {
  const step = value as Partial<TraceStep> | null;
  return typeof step === 'object' && step !== null && [step.node, step.role, step.request, step.message, step.client, step.service, step.method, step.requestIn, step.answerOut].every((one) => typeof one === 'string');
};

/** A message at every node that had it in hand, by its X-Road-Id or request id; nodes that did not answer are named. */
export const traceMessage = async (node: Node, message: string): Promise<{ steps: TraceStep[]; silent: string[] }> => {
  const { identity: { settings: { server } }, holding, outgoing } = node;
  const rows = await own(node, message);
  const silent: string[] = [];
  const asked = [...new Set(rows.flatMap(({ peer }) => (peer !== null && peer !== server ? [peer] : [])))].map(async (id) => {
    const peer = holding.held()?.server(id);
    try {
      if (!peer) throw new Error('unknown');
      const { steps } = (await outgoing.askNode(peer, `/exchange/v1/trace/${encodeURIComponent(message)}`)) as { steps?: unknown[] };
      return (steps ?? []).filter(isStep).slice(0, MOST).map((step) => ({ ...step, node: id }));
    } catch {
      silent.push(id);
      return [];
    }
  });
  const steps = [...rows.map((row) => stepOf(server, row)), ...(await Promise.all(asked)).flat()];
  return { steps: steps.toSorted((a, b) => (a.requestIn < b.requestIn ? -1 : 1)), silent };
};
