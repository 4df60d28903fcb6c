/** Patterns of attack in text that was refused anyway: precise rather than many, since plain language must not match. */
const PATTERNS: readonly [kind: string, pattern: RegExp][] = [
  ['sql', /(?:'|"|\))\s*(?:or|and)\s+['"\d(].{0,40}=|\bunion\s+(?:all\s+)?select\b|;\s*(?:(?:drop|alter|truncate|create)\s+(?:table|database|schema|user|role)\b|insert\s+into\b|delete\s+from\b|update\s+\w+\s+set\b)|\b(?:pg_sleep|waitfor\s+delay|benchmark)\s*\(?|'\s*--|\bselect\b.{1,60}\bfrom\s+(?:information_schema|pg_\w+)/i],
  ['path', /(?:\.\.|%2e%2e|%252e%252e)(?:[/\\]|%2f|%5c|%252f)|(?:^|[/\\])etc[/\\](?:passwd|shadow)\b|\bfile:\/\//i],
  ['template', /\{\{.{0,60}[.*(_].{0,60}\}\}|\$\{.{0,60}[(:*.].{0,60}\}|<%[=\s]|#\{.{0,60}\(.{0,60}\}/],
  ['script', /<\s*(?:script|iframe|svg|object|embed)\b|\bon(?:error|load|click|mouseover)\s*=|javascript\s*:/i],
];

const LONGEST = 4000;

/** The kind of attack that a text looks like, or undefined. */
export const injectionIn = (text: string): string | undefined => {
  const looked = text.slice(0, LONGEST);
  return PATTERNS.find(([, pattern]) => pattern.test(looked))?.[0];
};

const DEEPEST = 6;
const MOST = 200;

/** Texts within a value, each with its JSON pointer; bounded in number and depth. */
const textsIn = (value: unknown, path: string, found: [string, string][], depth: number): void => {
  if (found.length >= MOST || depth > DEEPEST) return;
  if (typeof value === 'string') found.push([path.replaceAll(/\d{6,}/g, '*'), value]);
  else if (typeof value === 'object' && value !== null) for (const [name, one] of Object.entries(value)) textsIn(one, `${path}/${name.slice(0, 64)}`, found, depth + 1);
};

/** Which fields of a refused input look like which attack; values are looked at and not kept. */
export const injectionsIn = (input: Record<string, unknown>): { field: string; pattern: string }[] => {
  const texts: [string, string][] = [];
  for (const [part, value] of Object.entries(input)) textsIn(value, `/${part}`, texts, 0);
  return texts.flatMap(([field, text]) => {
    const pattern = injectionIn(text);
    return pattern === undefined ? [] : [{ field: field.slice(0, 200), pattern }];
  }).slice(0, 10);
};
