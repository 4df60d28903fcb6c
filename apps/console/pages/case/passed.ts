/** An element of the drawn process: where it is entered from, and what that takes. */
export interface Step {
  id: string;
  from: string[];
  isStart: boolean;
  isEnd: boolean;
  /** Whether it was done is known from the case's tasks. */
  isUser: boolean;
  /** A parallel join: every way into it is needed. */
  joins: boolean;
}

interface Shape {
  id: string;
  $type: string;
  incoming?: { sourceRef?: { id: string } }[];
  attachedToRef?: { id: string };
  $parent?: { id: string; $type: string };
}
export interface Drawn {
  businessObject?: Shape;
}

/** The flow nodes of what bpmn-js has drawn. */
export const nodesOf = (drawn: readonly Drawn[]): Step[] => {
  const shapes = new Map(drawn.flatMap(({ businessObject: one }) => (one && /(?:Event|Task|Gateway|SubProcess|CallActivity|Transaction)$/.test(one.$type) ? [[one.id, one]] : [])));
  return [...shapes.values()].map((one) => {
    const inside = one.$type === 'bpmn:StartEvent' && one.$parent?.$type !== 'bpmn:Process' ? one.$parent?.id : undefined;
    const from = [...(one.incoming ?? []).map((flow) => flow.sourceRef?.id), one.attachedToRef?.id, inside].filter((id): id is string => id !== undefined);
    return { id: one.id, from, isStart: one.$type === 'bpmn:StartEvent' && !inside, isEnd: one.$type === 'bpmn:EndEvent', isUser: one.$type === 'bpmn:UserTask', joins: one.$type === 'bpmn:ParallelGateway' && from.length > 1 };
  });
};

const reachable = (steps: readonly Step[], open: (step: Step) => boolean): Set<string> => {
  const found = new Set<string>();
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const step of steps) {
      const has = (id: string) => found.has(id);
      if (open(step) && (step.isStart || (step.joins ? step.from.every(has) : step.from.some(has)))) found.add(step.id);
    }
  }
  return found;
};

/** What the process has surely passed: tasks that are done, and every element without which it could not stand where it stands. */
export const passed = (steps: readonly Step[], now: { done: readonly string[]; active: readonly string[] }, isClosed: boolean): string[] => {
  const known = new Set([...now.done, ...now.active]);
  const without = (id?: string) => reachable(steps, (step) => step.id !== id && (!step.isUser || known.has(step.id)));
  const ends = steps.filter((step) => step.isEnd).map((step) => step.id);
  const whole = without();
  const goals = [...steps.filter((step) => known.has(step.id) && !step.joins).map((step) => [step.id]), ...(isClosed ? [ends] : [])].filter((goal) => goal.some((id) => whole.has(id)));
  const needed = steps.filter(({ id }) => !now.active.includes(id) && goals.some((goal) => { const left = without(id); return !goal.some((one) => left.has(one)); }));
  return [...new Set([...now.done, ...needed.map(({ id }) => id)])];
};
