const keywords = new Set(('and or not in if then else null true false for some every return satisfies between instance of function item list context date time string number boolean partial').split(' '));

/** Free names of a FEEL expression: no keywords, functions, paths or context keys. A cautious reading, not a parser. */
export const namesIn = (expression: string): string[] => {
  const bare = expression.replace(/@?"(?:[^"\\]|\\.)*"/g, '""');
  const bound = new Set([...bare.matchAll(/\b(?:for|some|every)\s+([A-Za-z_]\w*)\s+in\b/g)].map((m) => m[1] ?? ''));
  const names = [...bare.matchAll(/(?<![\w.])([A-Za-z_]\w*)(?!\w)(?!\s*[(:])/g)].map((m) => m[1] ?? '');
  return [...new Set(names)].filter((name) => !keywords.has(name) && !bound.has(name));
};

/** Members read of one variable: `membersOf('application.name', 'application')` is `['name']`. */
export const membersOf = (expression: string, variable: string): string[] => {
  const bare = expression.replace(/@?"(?:[^"\\]|\\.)*"/g, '""');
  return [...new Set([...bare.matchAll(new RegExp(`(?<![\\w.])${variable}\\.([A-Za-z_]\\w*)`, 'g'))].map((m) => m[1] ?? ''))];
};
