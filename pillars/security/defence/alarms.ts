import type { Severity, Text } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { key } from '@zhengwu/module';

/** Something that a person should look at. */
export interface Alarm {
  /** Stable code, `noun.what`: `files.scanner-away`. */
  kind: string;
  severity: Severity;
  /** What it is about; while an alert of the kind about the same subject is open, another raise counts up in it. */
  subject: string;
  title: Text;
  /** Particulars without personal numbers. */
  detail?: Record<string, unknown>;
}

/** Where every module says that something is wrong: it becomes an alert in the one list of the security administrator. */
export interface Alarms {
  /** In a transaction of its own, or in `tx` of the system where one is given. Resolves when it is committed (or entered). */
  raise(alarm: Alarm, tx?: Tx): Promise<void>;
}

export const Alarms = key<Alarms>('defence.alarms');
