import pg from 'pg';
import type { Connection, Credential } from './database.ts';
import { types } from './types.ts';

type Server = Pick<Connection, 'host' | 'port' | 'ca'>;

/** How to reach a server, for every kind of connection we open. */
export const reach = ({ host, port, ca }: Server): Pick<pg.ClientConfig, 'host' | 'port' | 'ssl' | 'connectionTimeoutMillis'> => ({
  host,
  port,
  connectionTimeoutMillis: 10_000,
  ssl: ca === undefined ? false : { ca },
});

/** Lends a connection of its own to `work`, for administration; it is closed in every case. */
export const withClient = async <T>(server: Server, role: Credential, database: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ ...reach(server), database, user: role.user, password: role.password, application_name: 'zhengwu', types });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};
