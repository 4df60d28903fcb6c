import type { Actor, Text } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';

/** A department's things go to another: all of them, or those of some services. */
export interface Following {
  from: number;
  to: number;
  services: readonly string[] | null;
  actor: Pick<Actor, 'kind' | 'name'> & Partial<Actor>;
  document: string;
}

/** Rows of another module that follow when departments merge or split, in the same transaction and as the platform. */
export interface Follower {
  code: string;
  name: Text;
  /** How many there are of these departments: the same before and after, or the reorganisation is undone. */
  count(tx: Tx, departments: readonly number[]): Promise<number>;
  follow(tx: Tx, following: Following): Promise<number>;
}
