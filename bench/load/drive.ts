import { openConnection, type Connection } from './connection.ts';

export interface Driven {
  perSecond: number;
  /** Milliseconds of every turn. */
  times: number[];
}

/** A connection's work, again and again: resolves when one turn is done. */
export type Turn = (connection: Connection, worker: number) => Promise<void>;

/** Runs `turn` on so many connections at once for so long. A turn that throws ends the run. */
export const drive = async (port: number, connections: number, seconds: number, turn: Turn): Promise<Driven> => {
  const open = await Promise.all(Array.from({ length: connections }, () => openConnection(port)));
  const times: number[] = [];
  const begun = performance.now();
  const until = begun + seconds * 1000;
  await Promise.all(open.map(async (connection, worker) => {
    for (let now = performance.now(); now < until; ) {
      await turn(connection, worker);
      const then = performance.now();
      times.push(then - now);
      now = then;
    }
  }));
  const spent = (performance.now() - begun) / 1000;
  for (const connection of open) connection.close();
  return { perSecond: times.length / spent, times };
};

/** A turn that sends one request and wants this status. */
export const asking = (request: (worker: number) => Buffer, status: number): Turn => async (connection, worker) => {
  const answer = await connection.send(request(worker));
  if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}: ${answer.body.toString().slice(0, 500)}`);
};
