/** How far a permission reaches: one's own work, one's departments, those and below, or the whole site. */
export type Scope = 'own' | 'department' | 'subtree' | 'all';

/** One permission as held by one person: its reach, resolved to department numbers (empty for own and all). */
export interface Grant {
  scope: Scope;
  departments: number[];
}

/** Levels of assurance of a sign-in: 1 password, 2 two factors, 3 certificate or passkey with user verification. */
export type Assurance = 1 | 2 | 3;

/** Means of proving who one is, to a session that is open already. */
export type ProofMeans = 'password' | 'code' | 'passkey' | 'certificate' | 'outside';

export interface Proof {
  level: Assurance;
  /** When, in ms. */
  at: number;
  means: ProofMeans[];
  /** After a recovery: nothing sensitive until then (ISO 8601). */
  coolingUntil?: string;
}

/** Who acts in a request. The gate fills `scope` and `departments` from the permission of the operation. */
export interface Actor {
  kind: 'official' | 'citizen' | 'public' | 'system' | 'device' | 'application';
  accountId: string | null;
  /** The natural person who acts. */
  personId: string | null;
  name: string;
  /** Citizens: whom they may act for, themselves first (principal ids). */
  subjects: string[];
  /** Citizens: the principal they act for in this request; themselves unless a mandate was chosen. */
  onBehalfOf: string | null;
  scope: 'own' | 'departments' | 'all';
  departments: number[];
  /** Officials: departments in which they hold a post. */
  homeDepartments: number[];
  /** Officials: codes of the posts they hold now, delegations included. */
  posts: string[];
  permissions: Record<string, Grant>;
  /** 0 public, 1 internal, 2 秘密, 3 机密, 4 绝密. */
  clearance: number;
  assurance: Assurance;
  /** Citizens: who they are was checked (level 2), not only told (level 1). */
  verified?: boolean;
  /** How lately and how strongly the session was proved, and the means by which it could be proved again. */
  proof?: Proof;
  sessionId: string | null;
  requestId: string;
  /** Client address as the site trusts it. */
  address: string;
}
