const databaseFree = ['config', 'http', 'errors', 'log', 'i18n', 'clock', 'ids', 'crypto'];
const kernel = [...databaseFree, 'database', 'events', 'jobs', 'files', 'audit', 'module'];
const shield = ['directory', 'identity', 'registers'];
const business = ['processes', 'decisions', 'services', 'cases', 'licences', 'payments', 'messages', 'supervision'];

/** Folder → the packages of ours that it may import; the first that fits counts. */
const arrows: readonly [RegExp, readonly string[] | 'any'][] = [
  [/^contracts$/, []],
  [/^ui$/, ['contracts']],
  [/^pack$/, ['contracts']],
  [/^packs\//, ['contracts', 'pack']],
  [new RegExp(`^kernel/(${databaseFree.join('|')})$`), ['contracts', ...databaseFree]],
  [/^kernel\//, ['contracts', ...kernel]],
  [/^pillars\/(data|security)\//, ['contracts', 'pack', ...kernel, ...shield]],
  [/^pillars\//, ['contracts', 'pack', ...kernel, ...shield, ...business]],
  [/^apps\/portal$/, ['contracts', 'ui', ...databaseFree]],
  [/^apps\/console$/, ['contracts', 'ui']],
  [/^(apps\/site|demo|e2e|bench)$/, 'any'],
];

/** May a package in `folder` import `@zhengwu/<name>`? A folder that no arrow knows may import nothing of ours. */
export const mayImport = (folder: string, name: string): boolean => {
  const allowed = arrows.find(([pattern]) => pattern.test(folder))?.[1] ?? [];
  return allowed === 'any' || allowed.includes(name);
};
