/** What the defence takes note of. */
export const KINDS = ['sign-in', 'refused', 'denied', 'absent', 'probe', 'read', 'export', 'injection', 'rights'] as const;
export type Kind = (typeof KINDS)[number];

/** One thing that happened, without bodies and without personal numbers. */
export interface Observation {
  /** Milliseconds since 1970. */
  at: number;
  kind: Kind;
  address: string | null;
  account: string | null;
  person: string | null;
  /** Hash of an account name that no account has. */
  tried: string | null;
  session: string | null;
  operation: string | null;
  /** What it was about: an id, or the path that was probed with its digits hidden. */
  subject: string | null;
  request: string | null;
  /** The audit record it comes from. */
  record: string | null;
  detail: Record<string, string | number>;
}

/** One that is kept; numbers rise in the order in which they were committed. */
export interface Kept extends Observation {
  seq: number;
}

const empty: Omit<Observation, 'at' | 'kind'> = {
  address: null, account: null, person: null, tried: null, session: null, operation: null, subject: null, request: null, record: null, detail: {},
};

export const observation = (known: Pick<Observation, 'at' | 'kind'> & Partial<Observation>): Observation => ({ ...empty, ...known });

/** The account an observation is about, by id or by the hash of the name tried. */
export const accountOf = ({ account, tried }: Observation): string | null => account ?? (tried === null ? null : `#${tried}`);
/** Who called: the account where one was signed in, else the address. */
export const callerOf = (one: Observation): string | null => one.account ?? one.address;
