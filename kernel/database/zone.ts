import { withClient } from './client.ts';
import type { Connection } from './database.ts';
import { StartError } from './start-error.ts';

/** Where a site stands, and the highest label that it may hold: 1 internal, 2 秘密, 3 机密, 4 绝密. */
export interface SitePlace {
  zone: 'extranet' | 'intranet';
  highest: number;
}

/** Tells the database, by its owner alone, where the site stands; throws a `StartError` while it holds what it may not hold there. */
export const placeSite = async (connection: Connection, { zone, highest }: SitePlace): Promise<void> => {
  if (zone === 'extranet' && highest > 1) throw new StartError('an extranet site holds nothing classified: set ZHENGWU_HIGHEST_LABEL to internal, or ZHENGWU_ZONE to intranet where the site really stands there');
  await withClient(connection, connection.owner, connection.database, async (client) => {
    await client.query('select kernel.set_site($1, $2)', [zone, highest]).catch((error: Error) => {
      throw error.message.startsWith('this site holds') ? new StartError(`${error.message}: have it declassified or moved before the site is placed there`) : error;
    });
  });
};
