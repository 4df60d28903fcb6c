import pg from 'pg';
import type { Connection, Credential } from './database.ts';
import { reach } from './client.ts';
import { gather } from './gather.ts';
import { types } from './types.ts';

interface Lane {
  client: Promise<pg.Client> | undefined;
  /** Statements sent and not answered yet. */
  under: number;
  corked: boolean;
}

/** Connections on which short statements follow each other without waiting for the answers. */
export interface Shared {
  query(statement: { name: string; text: string; values: unknown[] }): Promise<pg.QueryResult>;
  end(): Promise<void>;
}

/** Statements that may wait for a packet that is being filled anyway. */
const FULL = 24;

const laneFor = (lanes: readonly Lane[]): Lane =>
  lanes.find((lane) => lane.corked && lane.under < FULL) ?? lanes.reduce((least, one) => (one.under < least.under ? one : least));

/**
 * Few connections for the short reads of all requests. A statement joins those of the same turn of the event loop, or goes to
 * the connection with the least under way, so that a slow one keeps only those waiting that were sent behind it. A lost connection fails what was under way on it and is opened anew.
 */
export const openShared = (connection: Connection, role: Credential, count: number): Shared => {
  const lanes: Lane[] = Array.from({ length: count }, () => ({ client: undefined, under: 0, corked: false }));
  const open = async (lost: () => void): Promise<pg.Client> => {
    const client = new pg.Client({
      ...reach(connection), database: connection.database, user: role.user, password: role.password, types, application_name: 'zhengwu', statement_timeout: 60_000, pipeline: true,
    } as pg.ClientConfig);
    client.on('error', lost);
    client.on('end', lost);
    await client.connect();
    return client;
  };
  const clientOf = (lane: Lane): Promise<pg.Client> => {
    if (lane.client) return lane.client;
    // What an old connection still says must not take a new one's place.
    const lost = (): void => {
      if (lane.client === opened) lane.client = undefined;
    };
    const opened: Promise<pg.Client> = open(lost).catch((error: unknown) => {
      lost();
      throw error;
    });
    lane.client = opened;
    return opened;
  };
  return {
    query: async (statement) => {
      const lane = laneFor(lanes);
      lane.under += 1;
      try {
        const client = await clientOf(lane);
        if (!lane.corked) gather(client, () => (lane.corked = false));
        lane.corked = true;
        return await client.query(statement);
      } finally {
        lane.under -= 1;
      }
    },
    end: async () => {
      const open = lanes.flatMap((lane) => lane.client ?? []);
      await Promise.all(open.map((client) => client.then((one) => one.end(), () => undefined)));
    },
  };
};
