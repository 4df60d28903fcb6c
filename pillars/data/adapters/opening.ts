import { join } from 'node:path';
import type { Site } from '@zhengwu/module';
import { openRows, type Body } from '@zhengwu/imports';
import { bucketPlace } from './bucket.ts';
import { Connections, isOf, type Opened } from './connections.ts';
import type { FileSource } from './flow.ts';
import { asPlatform, type Ground } from './ground.ts';
import { documentPlace } from './over-http.ts';
import { sftpPlace } from './over-sftp.ts';
import { folderPlace } from './folder.ts';
import type { FilePlace } from './place.ts';
import type { Passing } from './transforming.ts';

/** Rows whose effects and position are committed together. */
const CHUNK = 500;

/** Folders of sources lie in the site's data folder. */
export const sourcesFolder = ({ config }: Pick<Site, 'config'>): string => join(config.dataFolder, 'sources');
/** Where copies are while they are read. */
export const workFolder = ({ config }: Pick<Site, 'config'>): string => join(config.dataFolder, 'adapters');

/** Where the files of a source lie; to be closed by the caller. Throws `adapter.*`. */
export const placeOf = async (ground: Ground, source: FileSource): Promise<FilePlace> => {
  if (source.kind === 'folder') return folderPlace(sourcesFolder(ground), source, () => ground.clock.now().getTime());
  const to = await asPlatform(ground, (tx) => ground.use(Connections).find(tx, source.connection, 'http', 's3', 'sftp'));
  if (isOf(to, 'http')) return documentPlace(to, source.path);
  if (isOf(to, 's3')) return bucketPlace(to, source.path, source.format);
  return sftpPlace(to as Opened<'sftp'>, source.path, source.format, () => ground.clock.now().getTime());
};

/** Rows of a body with their numbers from 1, some at a time; throws `import.*` where it is not what the source says. */
export async function* rowsOf(body: Body, source: Pick<FileSource, 'format' | 'encoding'>): AsyncGenerator<Passing[]> {
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
