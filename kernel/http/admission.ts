import { hash } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Who is let in last to first: strangers, those with credentials not seen to hold yet, citizens, officials. */
export const CALLERS = ['anonymous', 'claimed', 'citizen', 'official'] as const;
export type Caller = (typeof CALLERS)[number];

export interface AdmissionOptions {
  /** Requests in hand at once; the last share of them is for officials alone. */
  mostInFlight: number;
  /** Event loop lag in ms beyond which strangers are let in more sparingly. */
  lagMs?: number;
}

/** Share of the requests in hand up to which each class is let in. */
const SHARE: Readonly<Record<Caller, number>> = { anonymous: 0.5, claimed: 0.6, citizen: 0.8, official: 1 };
/** Unproved credentials cost a look into the database: so many at once, whatever is free. */
const MOST_CLAIMED = 16;
const MOST_WAITING: Readonly<Record<Caller, number>> = { anonymous: 1024, claimed: 1024, citizen: 1024, official: 1024 };
const PATIENCE_MS: Readonly<Record<Caller, number>> = { anonymous: 1500, claimed: 3000, citizen: 5000, official: 15_000 };
/** Strangers let in even when the process lags: a few more than there are connections to the database, so that it stays busy. */
const FEWEST = 12;
const SAMPLE_MS = 100;
/** What lasts longer (an upload, a stream of events) is no burden of the moment. */
const LONG_MS = 15_000;
const MOST_PROVED = 50_000;
const PROVED_MS = 10 * 60_000;

export interface Slot {
  caller: Caller;
  since: number;
  isHeld: boolean;
}

interface Waiting {
  slot: Slot;
  enter: (slot: Slot | null) => void;
  timer: NodeJS.Timeout;
}

export interface Admission {
  /** What credentials say without proof; `undefined` where there are none. */
  classOf(credentials: string | undefined): Caller;
  /** These credentials were found to hold just now. */
  prove(credentials: string, caller: 'citizen' | 'official'): void;
  /** Calls back with a slot at once or when there is room, with null when there is none in time. */
  enter(caller: Caller, then: (slot: Slot | null) => void): void;
  leave(slot: Slot): void;
  /** Told what the event loop lags; strangers' share shrinks and grows by it. */
  adapt(lagMs: number): void;
  readonly state: { inFlight: number; waiting: number; strangers: number };
  stop(): void;
}

const openProofs = (now: () => number) => {
  const known = new Map<string, { caller: 'citizen' | 'official'; until: number }>();
  const keyOf = (credentials: string): string => hash('sha256', credentials, 'base64');
  return {
    classOf: (credentials: string): Caller => {
      const found = known.get(keyOf(credentials));
      return found && found.until > now() ? found.caller : 'claimed';
    },
    prove: (credentials: string, caller: 'citizen' | 'official'): void => {
      const key = keyOf(credentials);
      known.delete(key);
      known.set(key, { caller, until: now() + PROVED_MS });
      if (known.size > MOST_PROVED) known.delete(known.keys().next().value as string);
    },
  };
};

/** The rules of admission, without a clock of their own: `now` in ms. */
export const createAdmission = ({ mostInFlight, lagMs = 10 }: AdmissionOptions, now: () => number = () => performance.now()): Admission => {
  const proofs = openProofs(now);
  const inHand = new Set<Slot>();
  const queues: Record<Caller, Waiting[]> = { anonymous: [], claimed: [], citizen: [], official: [] };
  const ceiling = Math.max(FEWEST, Math.floor(mostInFlight * SHARE.anonymous));
  let strangers = ceiling;
  let strangersIn = 0;
  let claimedIn = 0;
  const hasRoom = (caller: Caller): boolean => {
    if (inHand.size >= mostInFlight * SHARE[caller]) return false;
    return caller === 'anonymous' ? strangersIn < strangers : caller !== 'claimed' || claimedIn < MOST_CLAIMED;
  };
  const hold = (slot: Slot): Slot => {
    slot.since = now();
    slot.isHeld = true;
    inHand.add(slot);
    if (slot.caller === 'anonymous') strangersIn += 1;
    if (slot.caller === 'claimed') claimedIn += 1;
    return slot;
  };
  const drop = (slot: Slot): void => {
    if (!slot.isHeld) return;
    slot.isHeld = false;
    inHand.delete(slot);
    if (slot.caller === 'anonymous') strangersIn -= 1;
    if (slot.caller === 'claimed') claimedIn -= 1;
  };
  const letIn = (): void => {
    for (const caller of CALLERS.toReversed()) {
      while (queues[caller].length > 0 && hasRoom(caller)) {
        const { slot, enter, timer } = queues[caller].shift()!;
        clearTimeout(timer);
        enter(hold(slot));
      }
    }
  };
  const wait = (slot: Slot, enter: Waiting['enter']): void => {
    const queue = queues[slot.caller];
    if (queue.length >= MOST_WAITING[slot.caller]) return enter(null);
    const waiting: Waiting = { slot, enter, timer: setTimeout(() => {
      queue.splice(queue.indexOf(waiting), 1);
      enter(null);
    }, PATIENCE_MS[slot.caller]) };
    waiting.timer.unref();
    queue.push(waiting);
  };
  return {
    classOf: (credentials) => (credentials === undefined ? 'anonymous' : proofs.classOf(credentials)),
    prove: proofs.prove,
    enter: (caller, then) => {
      const slot: Slot = { caller, since: 0, isHeld: false };
      if (queues[caller].length === 0 && hasRoom(caller)) then(hold(slot));
      else wait(slot, then);
    },
    leave: (slot) => {
      drop(slot);
      letIn();
    },
    adapt: (lag) => {
      strangers = lag > lagMs ? Math.max(FEWEST, Math.floor(strangers * 0.7)) : lag < lagMs / 2 ? Math.min(ceiling, strangers + 2) : strangers;
      for (const slot of inHand) {
        if (slot.since > now() - LONG_MS) break;
        drop(slot);
      }
      letIn();
    },
    get state() {
      return { inFlight: inHand.size, waiting: CALLERS.reduce((sum, caller) => sum + queues[caller].length, 0), strangers };
    },
    stop: () => {
      for (const caller of CALLERS) for (const { timer, enter } of queues[caller].splice(0)) {
        clearTimeout(timer);
        enter(null);
      }
    },
  };
};

/** Samples the event loop ten times a second and lets the admission adapt. Returns how to stop it. */
export const watchLag = (admission: Admission): (() => void) => {
  const resolution = 5;
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  const timer = setInterval(() => {
    admission.adapt(Math.max(0, delays.percentile(90) / 1e6 - resolution));
    delays.reset();
  }, SAMPLE_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    delays.disable();
    admission.stop();
  };
};
