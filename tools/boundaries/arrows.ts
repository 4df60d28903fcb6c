const databaseFree = 'kernel/(config|http|errors|log|i18n|clock|ids|detectors|crypto|tls)';

/** Folder → folders that it may import, as patterns; the first that fits counts. */
const arrows: readonly [string, readonly string[]][] = [
  ['contracts', []],
  ['(ui|pack)', ['contracts']],
  ['packs/.*', ['contracts', 'pack']],
  [databaseFree, ['contracts', databaseFree]],
  ['kernel/.*', ['contracts', 'kernel/.*']],
  // Business calls the other pillars; they never call business, they listen to its events.
  ['pillars/business/.*', ['contracts', 'pack', 'kernel/.*', 'pillars/.*']],
  ['pillars/.*', ['contracts', 'pack', 'kernel/.*', 'pillars/(?!business/).*']],
  ['apps/portal', ['contracts', 'ui', databaseFree]],
  ['apps/console', ['contracts', 'ui']],
  ['(apps/site|demo|e2e|bench)', ['.*']],
];

const fits = (pattern: string, folder: string): boolean => new RegExp(`^(${pattern})$`).test(folder);

/** May the package in `folder` import the one in `target`? A folder that no arrow knows may import nothing of ours. */
export const mayImport = (folder: string, target: string): boolean =>
  arrows.find(([pattern]) => fits(pattern, folder))?.[1].some((pattern) => fits(pattern, target)) ?? false;
