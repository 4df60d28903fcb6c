import fc from 'fast-check';
import { flows, file } from './fixture.ts';
import type { Variables } from './model.ts';

/** Random well-structured processes, and an oracle that knows nothing of tokens: it walks the tree they were drawn from. */
export type Block =
  | { kind: 'task' }
  | { kind: 'timed' }
  | { kind: 'several'; count: number }
  | { kind: 'sequence'; parts: Block[] }
  | { kind: 'parallel'; parts: Block[] }
  | { kind: 'inclusive'; parts: Block[]; taken: boolean[] }
  | { kind: 'exclusive'; parts: Block[]; taken: number }
  | { kind: 'repeat'; part: Block; times: number }
  | { kind: 'scope'; part: Block };

export const blocks: fc.Arbitrary<Block> = fc.letrec<{ block: Block }>((tie) => {
  const parts = fc.array(tie('block'), { minLength: 2, maxLength: 3 });
  return {
    block: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant<Block>({ kind: 'task' }),
      fc.constant<Block>({ kind: 'timed' }),
      fc.record({ kind: fc.constant('several' as const), count: fc.integer({ min: 0, max: 3 }) }),
      fc.record({ kind: fc.constant('sequence' as const), parts }),
      fc.record({ kind: fc.constant('parallel' as const), parts }),
      parts.chain((some) => fc.record({ kind: fc.constant('inclusive' as const), parts: fc.constant(some), taken: fc.array(fc.boolean(), { minLength: some.length, maxLength: some.length }) })),
      parts.chain((some) => fc.record({ kind: fc.constant('exclusive' as const), parts: fc.constant(some), taken: fc.integer({ min: 0, max: some.length - 1 }) })),
      fc.record({ kind: fc.constant('repeat' as const), part: tie('block'), times: fc.integer({ min: 1, max: 2 }) }),
      fc.record({ kind: fc.constant('scope' as const), part: tie('block') }),
    ),
  };
}).block;

interface Drawing {
  xml: string;
  variables: Variables;
}

/** Draws the block as BPMN. Choices are variables of their own, so that no branch disturbs another. */
export function draw(block: Block): Drawing {
  const variables: Record<string, boolean | number | number[]> = {};
  const sub = (part: Block, path: string): string => {
    const elements: string[] = [];
    const joined: string[] = [];
    const last = walk(part, path, `${path}start`, elements, joined);
    joined.push(`${last}>${path}end`);
    return `<startEvent id="${path}start"/>${elements.join('')}<endEvent id="${path}end"/>${flows(joined.join(','))}`;
  };
  /** Adds the block after `from`; answers the node after which it goes on. */
  const walk = (part: Block, id: string, from: string, out: string[], joined: string[]): string => {
    const put = (xml: string): void => void out.push(xml);
    switch (part.kind) {
      case 'task':
        put(`<userTask id="${id}"/>`);
        joined.push(`${from}>${id}`);
        return id;
      case 'timed':
        put(`<userTask id="${id}"/><boundaryEvent id="${id}b" attachedToRef="${id}"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent><exclusiveGateway id="${id}m"/>`);
        joined.push(`${from}>${id}`, `${id}>${id}m`, `${id}b>${id}m`);
        return `${id}m`;
      case 'several':
        variables[`${id}n`] = Array.from({ length: part.count }, (_, index) => index);
        put(`<userTask id="${id}"><multiInstanceLoopCharacteristics zhengwu:collection="${id}n" zhengwu:elementVariable="item"/></userTask>`);
        joined.push(`${from}>${id}`);
        return id;
      case 'sequence':
        return part.parts.reduce((last, inner, index) => walk(inner, `${id}_${index}`, last, out, joined), from);
      case 'repeat': {
        put(`<scriptTask id="${id}i" zhengwu:resultVariable="${id}more"><script>${part.times}</script></scriptTask><exclusiveGateway id="${id}m"/><scriptTask id="${id}c" zhengwu:resultVariable="${id}more"><script>${id}more - 1</script></scriptTask><exclusiveGateway id="${id}x"/><exclusiveGateway id="${id}o"/>`);
        joined.push(`${from}>${id}i`, `${id}i>${id}m`);
        const end = walk(part.part, `${id}_0`, `${id}m`, out, joined);
        joined.push(`${end}>${id}c`, `${id}c>${id}x`, `${id}x>${id}m{${id}more > 0}`, `${id}x>${id}o{${id}more <= 0}`);
        return `${id}o`;
      }
      case 'scope':
        put(`<subProcess id="${id}">${sub(part.part, `${id}_`)}</subProcess>`);
        joined.push(`${from}>${id}`);
        return id;
      default: {
        const none = part.kind === 'inclusive' && !part.taken.includes(true);
        put(`<${part.kind}Gateway id="${id}g" ${part.kind === 'inclusive' ? `default="${id}g_${id}d"` : ''}/><${part.kind}Gateway id="${id}j"/>`);
        if (part.kind === 'inclusive') {
          put(`<task id="${id}d"/>`);
          joined.push(`${id}g>${id}d`, `${id}d>${id}j`);
        }
        joined.push(`${from}>${id}g`);
        part.parts.forEach((inner, index) => {
          const taken = part.kind === 'exclusive' ? index === part.taken : part.kind === 'inclusive' ? part.taken[index] === true && !none : true;
          const condition = part.kind === 'parallel' ? '' : `{${id}c${index} = true}`;
          if (condition) variables[`${id}c${index}`] = taken;
          put(`<task id="${id}p${index}"/>`);
          joined.push(`${id}g>${id}p${index}${condition}`);
          joined.push(`${walk(inner, `${id}_${index}`, `${id}p${index}`, out, joined)}>${id}j`);
        });
        return `${id}j`;
      }
    }
  };
  return { xml: file(`<process id="p" isExecutable="true">${sub(block, 'n')}</process>`), variables };
}

/** One run of a block: which tasks are open, and whether it is done. */
export interface Walk {
  readonly done: boolean;
  readonly open: string[];
  complete(id: string): void;
}

export function walkOf(block: Block, id = 'n'): Walk {
  switch (block.kind) {
    case 'task': case 'timed': return tasks(id, 1);
    case 'several': return tasks(id, block.count);
    case 'scope': return walkOf(block.part, `${id}_`);
    case 'sequence': return chain(block.parts.map((part, index) => () => walkOf(part, `${id}_${index}`)));
    case 'repeat': return chain(Array.from({ length: block.times }, () => () => walkOf(block.part, `${id}_0`)));
    default: {
      const chosen = block.parts.map((part, index) => ({ part, index })).filter(({ index }) =>
        block.kind === 'exclusive' ? index === block.taken : block.kind === 'inclusive' ? block.taken[index] : true);
      return together(chosen.map(({ part, index }) => walkOf(part, `${id}_${index}`)));
    }
  }
}

function tasks(id: string, count: number): Walk {
  let left = count;
  return {
    get done() { return left === 0; },
    get open() { return Array.from({ length: left }, () => id); },
    complete(task) { if (task === id) left--; },
  };
}

function chain(makers: (() => Walk)[]): Walk {
  let at = 0;
  let current = makers[0]?.();
  const settle = (): void => {
    while (current?.done && at < makers.length) current = makers[++at]?.();
  };
  settle();
  return {
    get done() { return at >= makers.length; },
    get open() { return current?.open ?? []; },
    complete(task) { current?.complete(task); settle(); },
  };
}

function together(walks: Walk[]): Walk {
  return {
    get done() { return walks.every((walk) => walk.done); },
    get open() { return walks.flatMap((walk) => walk.open); },
    complete(task) { walks.find((walk) => walk.open.includes(task))?.complete(task); },
  };
}
