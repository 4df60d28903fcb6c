import { join } from 'node:path';
import type { Site } from '@zhengwu/module';
import { openRows, type Body } from '@zhengwu/imports';
import type { Flow } from './flow.ts';
import { folderPlace } from './folder.ts';
import type { FilePlace } from './place.ts';
import type { Passing } from './transforming.ts';

/** Rows whose effects and position are committed together. */
const CHUNK = 500;

/** Folders of sources lie in the site's data folder. */
export const sourcesFolder = ({ config }: Pick<Site, 'config'>): string => join(config.dataFolder, 'sources');
/** Where copies are while they are read. */
export const workFolder = ({ config }: Pick<Site, 'config'>): string => join(config.dataFolder, 'adapters');

export const placeOf = (site: Pick<Site, 'config' | 'clock'>, { source }: Pick<Flow, 'source'>): FilePlace => folderPlace(sourcesFolder(site), source, () => site.clock.now().getTime());

/** Rows of a body with their numbers from 1, some at a time; throws `import.*` where it is not what the source says. */
export async function* rowsOf(body: Body, { source }: Pick<Flow, 'source'>): AsyncGenerator<Passing[]> {
  let row = 0;
  for await (const chunk of (await openRows(body, source.format, source.encoding)).chunks) {
    for (let at = 0; at < chunk.length; at += CHUNK) {
      yield chunk.slice(at, at + CHUNK).map(({ cells, fault }): Passing => {
        row += 1;
        return cells ? { row, cells } : { row, code: fault ?? 'import.cells' };
      });
    }
  }
}
