/** Where the present comes from; everything that asks for the time asks this, so that tests and replays can choose it. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. */
export const systemClock: Clock = Object.freeze({ now: () => new Date() });

export interface FixedClock extends Clock {
  /** Moves forward by milliseconds. */
  advance(ms: number): void;
  /** Moves to an instant. */
  set(instant: Date | string): void;
}

/** A clock that stands still until it is moved; for tests. */
export const fixedClock = (start: Date | string): FixedClock => {
  let at = new Date(start).getTime();
  return {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms;
    },
    set: (instant) => {
      at = new Date(instant).getTime();
    },
  };
};
