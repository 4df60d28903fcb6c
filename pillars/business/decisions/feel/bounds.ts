import { createContext, Script } from 'node:vm';
import { isBuiltin, type Tree } from './names.ts';
import { FeelError } from './scope.ts';

/** Turns of a loop whose ranges are written out, counted through all nesting: more is refused at load. */
export const MOST_TURNS = 100_000;
/** Milliseconds for one evaluation of an expression that repeats, calls or matches patterns. */
export const LONGEST = 250;

type Syntax = Tree['topNode'];

/** Built-ins whose time may explode with their input: patterns backtrack. */
const PATTERNS = new Set(['matches', 'replace', 'split']);
const REPEATS = new Set(['ForExpression', 'QuantifiedExpression', 'FunctionDefinition']);

const bare = (text: string, node: Syntax): string => text.slice(node.from, node.to).trim();

/** Numbers in a range that is written out; 1 for any other source, whose size only a run shows. */
const sizeOf = (iteration: Syntax, text: string): number => {
  const [from, to] = /^[[(\]]?\s*(-?\d+)\s*\.\.\s*(-?\d+)\s*[\])[]?$/.exec(bare(text, iteration))?.slice(1).map(Number) ?? [];
  return from === undefined || to === undefined ? 1 : Math.abs(to - from) + 1;
};

const childrenOf = (node: Syntax): Syntax[] => {
  const found: Syntax[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
};

/** Turns that a part of an expression takes at least: loops multiply, neighbours add up. */
const turnsOf = (node: Syntax, text: string): number => {
  const inside = childrenOf(node).reduce((sum, child) => sum + turnsOf(child, text), 0);
  const loops = node.getChild('InExpressions')?.getChildren('InExpression') ?? [];
  const times = loops.reduce((product, loop) => product * Math.max(1, ...loop.getChildren('IterationContext').map((one) => sizeOf(one, text))), 1);
  return loops.length === 0 ? inside : times * Math.max(1, inside);
};

/** Throws FeelError where the loops that are written out take more than `MOST_TURNS` turns. */
export const refuseLongLoops = (tree: Tree, text: string): void => {
  const turns = turnsOf(tree.topNode, text);
  if (turns > MOST_TURNS) throw new FeelError(`its loops take ${turns} turns; at most ${MOST_TURNS} are allowed`);
};

const indexed = (filter: Syntax): boolean => childrenOf(filter)[2]?.name === 'NumericLiteral';

/** True for an expression whose time is not bounded by its length: loops, filters, patterns, functions that are not FEEL's own. */
export const mayTakeLong = (tree: Tree, text: string): boolean => {
  let found = false;
  tree.iterate({
    enter({ name, node }) {
      if (REPEATS.has(name) || (name === 'FilterExpression' && !indexed(node))) found = true;
      if (name !== 'FunctionInvocation' || !node.firstChild) return;
      const called = bare(text, node.firstChild);
      if (PATTERNS.has(called) || !isBuiltin(called)) found = true;
    },
  });
  return found;
};

const bench: { work: (() => unknown) | null } = { work: null };
const room = createContext(Object.assign(Object.create(null) as object, { bench }));
const script = new Script('bench.work()');
let watched = false;

/**
 * Runs `work` and stops it after `LONGEST` milliseconds, also within one built-in; throws FeelError then. feelin has no limit of
 * its own. Work within work shares the outer limit. Costs 0.1 ms, so only for what may take long.
 */
export const withinTime = <T>(work: () => T): T => {
  if (watched) return work();
  watched = true;
  bench.work = work;
  try {
    return script.runInContext(room, { timeout: LONGEST }) as T;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new FeelError(`took longer than ${LONGEST} ms and was stopped; nothing came of it`);
  } finally {
    watched = false;
    bench.work = null;
  }
};
