/** One start tag of a BPMN file with what Zhengwu adds to it. Positions and text are not kept. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  /** `zhengwu:input` and `zhengwu:output` children. */
  inputs: { name: string; expression: string }[];
  outputs: { name: string; expression: string }[];
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const decode = (text: string): string => text.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => entities[name] ?? '');

const attributesOf = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map((m) => [m[1] ?? '', decode(m[2] ?? m[3] ?? '')]));

/** Elements of a well-formed BPMN file (the engine has compiled it first), with local names. */
export const elementsOf = (xml: string): Element[] => {
  const found: Element[] = [];
  const open: Element[] = [];
  const bare = xml.replace(/<!--[\s\S]*?-->/g, '').replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '');
  for (const match of bare.matchAll(/<(\/?)([\w:.-]+)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>/g)) {
    const [, closing, tag = '', rest = '', empty] = match;
    const name = tag.replace(/^.*:/, '');
    if (closing) {
      if (open.at(-1)?.name === name) open.pop();
      continue;
    }
    const element: Element = { name, attributes: attributesOf(rest), inputs: [], outputs: [] };
    const owner = open.findLast((one) => one.attributes.id !== undefined);
    const mapping = { name: element.attributes.name ?? '', expression: element.attributes.expression ?? '' };
    if (tag === 'zhengwu:input') owner?.inputs.push(mapping);
    else if (tag === 'zhengwu:output') owner?.outputs.push(mapping);
    else found.push(element);
    if (!empty) open.push(element);
  }
  return found;
};

/** Keys of a FEEL context literal `{ a: …, "b c": … }`, top level only; null when it is not one. */
export const contextKeys = (expression: string): string[] | null => {
  const text = expression.trim();
  if (!text.startsWith('{') || !text.endsWith('}')) return null;
  const keys: string[] = [];
  let depth = 0;
  let part = '';
  for (const [token] of text.slice(1, -1).matchAll(/"(?:[^"\\]|\\.)*"|[^"]/g)) {
    if ('([{'.includes(token)) depth += 1;
    if (')]}'.includes(token)) depth -= 1;
    if (token === ':' && depth === 0) keys.push(part.trim().replace(/^"|"$/g, ''));
    part = depth === 0 && (token === ',' || token === ':') ? '' : part + token;
  }
  return keys;
};
