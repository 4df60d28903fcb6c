import { evaluate, parseExpression } from 'feelin';
import { FeelError, type Scope } from './scope.ts';

export type Tree = ReturnType<typeof parseExpression>;

const compact = (name: string): string => name.trim().replaceAll(/\s+/g, ' ').replaceAll('`', '');

/** Parses an expression; throws FeelError where the text is none. */
export const readExpression = (text: string, sample: Scope): Tree => {
  const tree = parseExpression(text, sample, undefined);
  refuseErrors(tree, text);
  return tree;
};

/** Throws FeelError at the first place the parser could not read. */
export const refuseErrors = (tree: Tree, text: string): void => {
  tree.iterate({
    enter(node) {
      if (node.type.isError) throw new FeelError(`cannot be read at ${JSON.stringify(text.slice(node.from, node.from + 20) || 'its end')}`);
    },
  });
};

/** Names an expression looks up, and `?` where it asks for the tested value. */
export const variableNames = (tree: Tree, text: string): string[] => {
  const names = new Set<string>();
  tree.iterate({
    enter(node) {
      if (node.name === 'VariableName' || node.name === '?') names.add(compact(text.slice(node.from, node.to)));
    },
  });
  return [...names];
};

/** `now` or `today` when the expression calls one of them: decisions must give the same answer whenever they are asked. */
export const clockCall = (tree: Tree, text: string): string | undefined => {
  let found: string | undefined;
  tree.iterate({
    enter(node) {
      const name = text.slice(node.from, node.to);
      if (node.name === 'VariableName' && (name === 'now' || name === 'today') && text.slice(node.to).trimStart().startsWith('(')) found = name;
    },
  });
  return found;
};

const builtins = new Map<string, boolean>();
/** True for a function of FEEL itself. */
export const isBuiltin = (name: string): boolean => {
  // Alone, without its brackets, this one reads as a conjunction.
  if (name === 'years and months duration') return true;
  let known = builtins.get(name);
  if (known === undefined) builtins.set(name, (known = evaluate(name, {}).warnings.length === 0));
  return known;
};

const LOCAL = new Set(['ParameterName', 'Key']);
/** Inside a filter any name may be the item's own; inside a type names are types. */
const OPAQUE = new Set(['FilterExpression', 'Type']);

/** Names that nobody gives: neither `scope`, nor the expression itself, nor FEEL. */
export const unknownNames = (tree: Tree, text: string, scope: Scope): string[] => {
  const local = new Set(['?', 'item', 'partial']);
  const asked = new Set<string>();
  let opaque = 0;
  tree.iterate({
    enter(node) {
      if (OPAQUE.has(node.name)) opaque += 1;
      const name = compact(text.slice(node.from, node.to));
      if (LOCAL.has(node.name) || (node.name === 'Name' && node.node.parent?.name === 'InExpression')) local.add(name.replaceAll('"', ''));
      if (node.name === 'VariableName' && opaque === 0) asked.add(name);
    },
    leave(node) {
      if (OPAQUE.has(node.name)) opaque -= 1;
    },
  });
  return [...asked].filter((name) => !(name in scope) && !local.has(name) && !isBuiltin(name));
};
