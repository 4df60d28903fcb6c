/** Which methods an address answers to. */
export interface Methods {
  add(method: string, path: string): void;
  /** Methods of the operations at this address, HEAD where GET is; empty where nothing is. */
  at(url: string): string[];
}

/** Matches the path of an operation, `/api/cases/:id`. */
const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/:[A-Za-z0-9_]+/g, '[^/]+')}$`);

/** Collects the operations of a server; asked only when an address was not found. */
export const createMethods = (): Methods => {
  const known = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  return {
    add(method, path) {
      const one = known.get(path) ?? { pattern: patternOf(path), methods: new Set() };
      one.methods.add(method);
      if (method === 'GET') one.methods.add('HEAD');
      known.set(path, one);
    },
    at(url) {
      const path = url.split('?', 1)[0] ?? '';
      return [...new Set([...known.values()].filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => [...methods]))].sort();
    },
  };
};
