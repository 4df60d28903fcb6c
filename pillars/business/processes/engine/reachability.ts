import type { Flow, Node } from './model.ts';

interface Graph {
  readonly nodes: readonly Node[];
  readonly flows: readonly Flow[];
}

/** Where a token at `node` may go next: flows, boundary events, link targets. */
export function edges(graph: Graph, node: Node): number[] {
  const next = node.outgoing.map((flow) => graph.flows[flow]?.to ?? 0);
  for (const event of node.listens ?? []) if (graph.nodes[event]?.host === node.index) next.push(event);
  if (node.event?.target !== undefined) next.push(node.event.target);
  return next;
}

/**
 * BPMN 2.0.2 §13.4.3: an inclusive join waits while some token elsewhere can still reach an empty incoming flow without
 * passing the join, unless it can also reach a filled one. For every node: the bits of the join's incoming flows within reach.
 */
export function reachOf(graph: Graph, join: Node): number[] {
  const reach = graph.nodes.map(() => 0);
  join.incoming.forEach((flow, bit) => {
    const seen = new Set<number>();
    const queue = [graph.flows[flow]?.from ?? 0];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      if (at === join.index || seen.has(at)) continue;
      seen.add(at);
      reach[at] = (reach[at] ?? 0) | (1 << bit);
      queue.push(...backwards(graph, at));
    }
  });
  return reach;
}

function backwards(graph: Graph, at: number): number[] {
  const node = graph.nodes[at] as Node;
  const from = node.incoming.map((flow) => graph.flows[flow]?.from ?? 0);
  if (node.host !== undefined) from.push(node.host);
  if (node.kind === 'catch' && node.event?.on === 'link') {
    for (const other of graph.nodes) if (other.event?.target === at) from.push(other.index);
  }
  return from;
}

/** Nodes within reach of `from`, stopping at (and including) the nodes in `until`. */
export function downstream(graph: Graph, from: number, until: ReadonlySet<number>): Set<number> {
  const seen = new Set<number>();
  const queue = edges(graph, graph.nodes[from] as Node);
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    if (!until.has(at)) queue.push(...edges(graph, graph.nodes[at] as Node));
  }
  return seen;
}
