type Answers = Record<string, unknown>;

const term = /^\s*([A-Za-z][\w.]*)\s*(!?=)\s*(?:"([^"]*)"|(true|false)|(-?\d+(?:\.\d+)?))\s*$/;

const holds = (text: string, answers: Answers): boolean => {
  const found = term.exec(text);
  if (!found) return true;
  const [, key = '', sign, words, flag, number] = found;
  const wanted = words ?? (flag === undefined ? Number(number) : flag === 'true');
  return (answers[key] === wanted) === (sign === '=');
};

/**
 * Whether a field is asked now. The console knows comparisons joined by `and` or `or`, which is what forms use;
 * anything richer shows the field, and the site, which knows all of FEEL, decides what it takes.
 */
export const isAsked = (showWhen: string | undefined, answers: Answers): boolean =>
  showWhen === undefined || showWhen.split(/\bor\b/).some((part) => part.split(/\band\b/).every((one) => holds(one, answers)));

/** The answers of the fields that are asked; those of hidden ones stay behind. */
export const askedAnswers = (layouts: readonly { key: string; showWhen?: string }[], answers: Answers): Answers =>
  Object.fromEntries(layouts.filter((field) => isAsked(field.showWhen, answers)).flatMap((field) => {
    const value = answers[field.key];
    return value === undefined || value === '' || value === null ? [] : [[field.key, value]];
  }));
