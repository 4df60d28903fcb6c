import { key as named } from '@zhengwu/module';
import type { Tx } from '@zhengwu/database';
import type { Register } from '@zhengwu/pack';

/** A change of one record. Given fields replace, the rest stays as it was. */
export interface Change {
  register: string;
  /** The identifying number: citizen number, USCC, name. */
  key: string;
  data: Record<string, unknown>;
  /** Day from which it holds, in Asia/Shanghai. */
  validFrom: string;
  /** What made it so: `case:<id>` (a bare id is taken for one), `exchange:`, `correction:`, `import:`, `merge:`, or the name of a source. */
  cause: string;
  /** The principal it is about, where known. */
  subject?: string;
}

export interface Asked {
  register: string;
  key: string;
}

/** What a record says today, with where that comes from. */
export interface Held {
  data: Record<string, unknown>;
  validFrom: string;
  knownFrom: Date;
  /** The principal it is about, where known. */
  subject: string | null;
}

/** One version of a record in both times. */
export interface Version {
  data: Record<string, unknown>;
  validFrom: string;
  validTo: string | null;
  knownFrom: Date;
  knownTo: Date | null;
  cause: string;
}

/** The base registers 基础库 of the site. Reads run in the caller's transaction and so under its security context. */
export interface Registers {
  /** The register's definition, or undefined. */
  definition(code: string): Register | undefined;
  definitions(): readonly Register[];
  /** Takes the registers of a frozen pack in; later versions replace. */
  define(packHash: string, registers: readonly Register[]): Promise<void>;
  /** The record that holds on `day`, as it was known at `known` (now unless given); null when there is none. */
  read(tx: Tx, register: string, key: string, day: string, known?: Date): Promise<Record<string, unknown> | null>;
  /** Several at once, in the order asked; null where there is none. */
  readAll(tx: Tx, asked: readonly Asked[], day: string, known?: Date): Promise<(Record<string, unknown> | null)[]>;
  /** Several at once as the platform, in one round trip; the caller has recorded who asks. */
  lookUp(asked: readonly Asked[], day: string): Promise<(Held | null)[]>;
  /** All versions, the latest known first. */
  history(tx: Tx, register: string, key: string): Promise<Version[]>;
  /** Writes a change after checking it against the register's schema and check digits; throws `register.*`. */
  write(tx: Tx, change: Change): Promise<void>;
  /** The row that `registers.write(jsonb)` takes, for statements of other modules. */
  row(change: Change): Change;
  /** Loads many first records at once (a seed, a migration); keys must be new. */
  load(tx: Tx, changes: readonly Change[]): Promise<void>;
}

export const Registers = named<Registers>('registers');
