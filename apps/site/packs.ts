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

/** Folders of the packs that come with the platform, and those that `ZHENGWU_PACKS` names (separated by `:`). */
export const packFolders = (): string[] => {
  const own = join(projectFolder(), 'packs');
  const folders = readdirSync(own, { withFileTypes: true }).filter((entry) => entry.isDirectory() && existsSync(join(own, entry.name, 'pack.ts'))).map((entry) => join(own, entry.name));
  return [...folders.sort(), ...(process.env['ZHENGWU_PACKS'] ?? '').split(':').filter(Boolean)];
};
