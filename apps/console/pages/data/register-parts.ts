import type { listBaseRegisters, readBaseRecord, ResponseOf } from '@zhengwu/contracts';

export type BaseRegister = ResponseOf<typeof listBaseRegisters>['items'][number];
export type BaseField = BaseRegister['fields'][number];
export type BaseRecord = ResponseOf<typeof readBaseRecord>;

/** What the form of a look-up says; `known` is a moment in Asia/Shanghai as `datetime-local` gives it. */
export interface Asked {
  key: string;
  reason: string;
  day: string;
  known: string;
  /** A field that is to be challenged at once. */
  doubt?: string;
}

export const bodyOf = ({ key, reason, day, known }: Asked) => ({ key: key.trim(), reason: reason.trim(), ...(day ? { day } : {}), ...(known ? { known: new Date(`${known}:00+08:00`).toISOString() } : {}) });

/** A value of any kind as text. */
export const shown = (value: unknown): string => (value === null || value === undefined ? '—' : typeof value === 'object' ? JSON.stringify(value) : String(value));
