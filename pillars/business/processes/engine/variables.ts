import type { Json, Mapping, Variables } from './model.ts';
import { feel, Incident } from './feel.ts';
import { find, get, patch, type Run } from './run.ts';

/** The variable as seen from the token: its own, then outwards; a called process sees only its own. */
export function lookup(run: Run, from: number, name: string): Json | undefined {
  for (let token = find(run, from); token; token = find(run, token.p)) {
    if (token.v && Object.hasOwn(token.v, name)) return token.v[name];
    if (token.i === 0 || token.c !== undefined) return undefined;
  }
  return undefined;
}

/** Evaluates FEEL as seen from the token, with `extra` names on top. Throws `Incident`. */
export function evaluateAt(run: Run, from: number, text: string, extra?: Variables): Json {
  return feel(text)((name) => (extra && Object.hasOwn(extra, name) ? extra[name] : lookup(run, from, name)), run.now);
}

export function isTrue(run: Run, from: number, text: string, extra?: Variables): boolean {
  const value = evaluateAt(run, from, text, extra);
  if (typeof value !== 'boolean') throw new Incident(`${text}: ${JSON.stringify(value)} is neither true nor false`);
  return value;
}

export function evaluateAll(run: Run, from: number, mappings: readonly Mapping[], extra?: Variables): Variables {
  return Object.fromEntries(mappings.map(({ name, expression }) => [name, evaluateAt(run, from, expression, extra)]));
}

/** Text that is FEEL when it starts with `=`. */
export function textAt(run: Run, from: number, text: string | undefined): string | undefined {
  if (text === undefined || !text.startsWith('=')) return text;
  const value = evaluateAt(run, from, text);
  if (typeof value !== 'string' && typeof value !== 'number') throw new Incident(`${text}: ${JSON.stringify(value)} is not text`);
  return String(value);
}

/** Each variable goes where it lives already, and else to the process. */
export function setVariables(run: Run, from: number, variables: Variables | undefined): void {
  if (!variables) return;
  run.changed = true;
  const token = get(run, from);
  if (from === 0 || token.c !== undefined) return void patch(run, from, { v: { ...token.v, ...variables } });
  for (const name of Object.keys(variables)) {
    const owner = ownerOf(run, from, name);
    patch(run, owner, { v: { ...get(run, owner).v, [name]: variables[name] as Json } });
  }
}

function ownerOf(run: Run, from: number, name: string): number {
  let token = get(run, from);
  while (token.i !== 0 && token.c === undefined && !(token.v && Object.hasOwn(token.v, name))) token = get(run, token.p);
  return token.i;
}

export function setLocal(run: Run, id: number, variables: Variables): void {
  patch(run, id, { v: { ...get(run, id).v, ...variables } });
}

/** Everything visible from the token, inner names first. */
export function visible(run: Run, from: number): Variables {
  const layers: Variables[] = [];
  for (let token = find(run, from); token; token = find(run, token.p)) {
    if (token.v) layers.unshift(token.v);
    if (token.i === 0 || token.c !== undefined) break;
  }
  return layers.length === 1 ? (layers[0] as Variables) : Object.assign({}, ...layers);
}
