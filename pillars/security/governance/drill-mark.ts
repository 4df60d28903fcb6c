import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Site } from '@zhengwu/module';

/** A drill under way, kept beside the database that it may have stopped: should the site itself end over it, the next start concludes it. */
export interface DrillMark {
  entry: string;
  /** When the part was stopped, milliseconds since 1970. */
  at: number;
}

type Held = Pick<Site, 'config'>;
const fileOf = ({ config }: Held): string => join(config.dataFolder, 'drill.json');

export const setMark = (site: Held, mark: DrillMark): Promise<void> => writeFile(fileOf(site), JSON.stringify(mark), { mode: 0o600 });
export const clearMark = (site: Held): Promise<void> => rm(fileOf(site), { force: true });
/** The drill that was under way, or null; a file that is none is taken as none. */
export const readMark = async (site: Held): Promise<DrillMark | null> => {
  try {
    const { entry, at } = JSON.parse(await readFile(fileOf(site), 'utf8')) as Partial<DrillMark>;
    return typeof entry === 'string' && typeof at === 'number' ? { entry, at } : null;
  } catch {
    return null;
  }
};
