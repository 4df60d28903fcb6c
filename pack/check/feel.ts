const keywords = new Set(('and or not in if then else null true false for some every return satisfies between instance of function item list context date time string number boolean partial').split(' '));

/** Built-in functions whose names have spaces. */
const spaced = /\b(?:years and months duration|string length|upper case|lower case|substring before|substring after|list contains|starts with|ends with|insert before|index of|distinct values|string join|get value|get entries|day of week|day of year|week of year|month of year|date and time|list replace|context put|context merge|met by|overlaps before|overlaps after|finished by|started by)\s*\(/g;
const unquoted = (expression: string): string => expression.replace(/@?"(?:[^"\\]|\\.)*"/g, '""');

/** Free names of a FEEL expression: no keywords, functions, paths or context keys. A cautious reading, not a parser. */
export const namesIn = (expression: string): string[] => {
  const bare = unquoted(expression).replace(spaced, 'call(');
  const bound = new Set([...bare.matchAll(/\b(?:for|some|every)\s+([A-Za-z_]\w*)\s+in\b/g)].map((m) => m[1] ?? ''));
  const names = [...bare.matchAll(/(?<![\w.])([A-Za-z_]\w*)(?!\w)(?!\s*[(:])/g)].map((m) => m[1] ?? '');
  return [...new Set(names)].filter((name) => !keywords.has(name) && !bound.has(name));
};

/** Members read of one variable: `membersOf('application.name', 'application')` is `['name']`. */
export const membersOf = (expression: string, variable: string): string[] => {
  const bare = unquoted(expression);
  return [...new Set([...bare.matchAll(new RegExp(`(?<![\\w.])${variable}\\.([A-Za-z_]\\w*)`, 'g'))].map((m) => m[1] ?? ''))];
};
