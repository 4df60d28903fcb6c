import type pg from 'pg';

interface Stream {
  cork(): void;
  uncork(): void;
}

/** What is sent on this connection within this turn of the event loop leaves in one packet: the server is woken once. */
export const gather = (client: pg.ClientBase, done: () => void = () => undefined): void => {
  const { stream } = (client as unknown as { connection: { stream: Stream } }).connection;
  stream.cork();
  setImmediate(() => {
    done();
    stream.uncork();
  });
};
