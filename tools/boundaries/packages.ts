import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** One workspace package: its folder, name and what it declares that it needs. */
export interface Package {
  folder: string;
  name: string;
  needs: ReadonlySet<string>;
}

interface Manifest {
  name: string;
  workspaces?: string[];
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;

/** The packages of this repository, from its workspaces. */
export const packages = (): Package[] =>
  (manifestOf('.').workspaces ?? [])
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => {
      const { name, dependencies, devDependencies } = manifestOf(folder);
      return { folder, name, needs: new Set(Object.keys({ ...dependencies, ...devDependencies })) };
    });

/** What the tests and the programs' build may use everywhere. */
export const shared = new Set(Object.keys(manifestOf('.').devDependencies ?? {}));

export interface Import {
  /** File, from the root. */
  file: string;
  specifier: string;
}

const statement = /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s*)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g;

/** All imports and re-exports in a source text. */
export const importsIn = (text: string): string[] => [...text.matchAll(statement)].map((match) => match[1] ?? match[2] ?? '');

const isSource = (file: string): boolean => !file.split(sep).some((part) => part === 'node_modules' || part === 'dist');

/** TypeScript sources of a package. */
export const sourcesOf = ({ folder }: Package): string[] =>
  globSync('**/*.{ts,tsx}', { cwd: join(root, folder), exclude: (name) => !isSource(name) }).filter(isSource).map((file) => join(folder, file));

export const importsOf = (file: string): Import[] =>
  importsIn(readFileSync(join(root, file), 'utf8')).map((specifier) => ({ file: relative('.', file), specifier }));
