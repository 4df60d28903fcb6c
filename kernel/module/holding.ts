import type { Tx } from '@zhengwu/database';

/** The same in both languages. */
export interface HeldTitle {
  zh: string;
  en: string;
}

/** Under which id the audit trail speaks of something of a person's. */
export interface HeldSubject {
  id: string;
  title: HeldTitle;
}

/** One part of what a site holds about a person; each module says its own. All run as the platform. */
export interface Holding {
  code: string;
  title: HeldTitle;
  subjects?(tx: Tx, person: string): Promise<HeldSubject[]>;
  /** Rows about this person and nobody else, as they are handed out (个人信息保护法 §45). */
  gather(tx: Tx, person: string): Promise<readonly Record<string, unknown>[]>;
  /** Department that keeps it, by id or code; null where nobody in particular does. */
  keeper?(tx: Tx, person: string): Promise<number | string | null>;
}
