import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The project's folder: the one that holds `packs/`, whether this runs from source or from the bundle in `dist/`. */
export const projectFolder = (): string => {
  for (const up of ['../..', '..', '.']) {
    const folder = join(import.meta.dirname, up);
    if (existsSync(join(folder, 'packs')) && existsSync(join(folder, 'package.json'))) return folder;
  }
  return process.cwd();
};

/** Folders of the packs that come with the platform (those alone that `ZHENGWU_OWN_PACKS` names, where it is set), and those that `ZHENGWU_PACKS` names (separated by `:`). */
export const packFolders = (): string[] => {
  const own = join(projectFolder(), 'packs');
  const wanted = (process.env['ZHENGWU_OWN_PACKS'] ?? '').split(',').map((one) => one.trim()).filter(Boolean);
  const found = readdirSync(own, { withFileTypes: true }).filter((entry) => entry.isDirectory() && existsSync(join(own, entry.name, 'pack.ts'))).map(({ name }) => name);
  const missing = wanted.find((name) => !found.includes(name));
  if (missing !== undefined) throw new Error(`ZHENGWU_OWN_PACKS names ${missing}, which is no folder of packs/`);
  const folders = found.filter((name) => wanted.length === 0 || wanted.includes(name)).map((name) => join(own, name));
  return [...folders.sort(), ...(process.env['ZHENGWU_PACKS'] ?? '').split(':').filter(Boolean)];
};
