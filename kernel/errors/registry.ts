import { placesOf } from './message.ts';

/** A declared failure: HTTP status, and in both languages what happened, what was kept and what to do next. */
export interface ErrorEntry {
  status: number;
  zh: string;
  en: string;
  /** Short heading; without it the heading of the status is used. */
  title?: { zh: string; en: string };
}

export interface DeclaredError extends ErrorEntry {
  code: string;
  /** Names of the `{name}` places of its messages. */
  places: string[];
}

const CODE = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;
const declared = new Map<string, DeclaredError>();

const refuseEntry = (code: string, entry: ErrorEntry): string | undefined => {
  if (!CODE.test(code)) return 'is not of the form noun.what-happened';
  if (!Number.isInteger(entry.status) || entry.status < 400 || entry.status > 599) return 'needs a status between 400 and 599';
  if (!entry.zh.trim() || !entry.en.trim()) return 'needs its message in both languages';
  if (placesOf(entry.zh).join() !== placesOf(entry.en).join()) return 'names different places in its two languages';
  const before = declared.get(code);
  if (before && (before.zh !== entry.zh || before.en !== entry.en || before.status !== entry.status)) return 'is declared twice';
  return undefined;
};

/** Keeps a declared error. Throws when the code or its messages are malformed, or the code means something else already. */
export const declare = (code: string, entry: ErrorEntry): void => {
  const fault = refuseEntry(code, entry);
  if (fault) throw new Error(`error code ${code} ${fault}`);
  declared.set(code, { ...entry, code, places: placesOf(entry.zh) });
};

export const declaredError = (code: string): DeclaredError | undefined => declared.get(code);

/** All errors declared by the modules loaded so far, sorted by code. */
export const declaredErrors = (): DeclaredError[] => [...declared.values()].sort((a, b) => (a.code < b.code ? -1 : 1));

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The declared errors as a Markdown table for the documents. */
export const errorsAsMarkdown = (errors: readonly DeclaredError[] = declaredErrors()): string =>
  [
    '| code | status | 中文 | English |',
    '|---|---|---|---|',
    ...errors.map((e) => `| \`${e.code}\` | ${e.status} | ${cell(e.zh)} | ${cell(e.en)} |`),
    '',
  ].join('\n');
