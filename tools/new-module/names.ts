/** The names a module goes by. */
export interface Names {
  pillar: string;
  /** Package, schema, folder: `permits`. */
  module: string;
  /** Stem of file names that hold the noun: `permit`. */
  noun: string;
  /** `Permit`. */
  Noun: string;
}

const form = /^(network|data|security|business|information)\/([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/;

const singular = (word: string): string => word.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
const pascal = (word: string): string => word.replace(/(^|-)([a-z0-9])/g, (_, _dash, letter: string) => letter.toUpperCase());

/** Reads `<pillar>/<name>`; null when it is not one. */
export const namesOf = (path: string): Names | null => {
  const [, pillar, module] = form.exec(path) ?? [];
  if (pillar === undefined || module === undefined) return null;
  const noun = singular(module);
  return { pillar, module, noun, Noun: pascal(noun) };
};

/** Name of the module's schema in SQL. */
export const schemaOf = ({ module }: Names): string => module.replaceAll('-', '_');

/** Name of a constant in code. */
export const camel = (word: string): string => word.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
