import type { Intake } from '@zhengwu/pack';
import type { Change } from '@zhengwu/registers';
import { fail } from './errors.ts';

/** What a message of a register's topic says. */
export interface RegisterChange {
  key: string;
  validFrom: string;
  record: Record<string, unknown> | null;
}

type Part = Intake['parts'][number];

const valueOf = (part: Part, { record, validFrom }: RegisterChange): unknown => {
  if (part.validFrom) return validFrom;
  if (part.from === undefined) return part.value ?? null;
  const value = record?.[part.from];
  return part.codes && typeof value === 'string' ? part.codes[value] ?? value : value;
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * The change of our record that a change of theirs makes; null when it makes none: nothing would be different, there is no record, or it is
 * not ours to begin. What did not change is not written, and so two sites that follow each other come to rest.
 */
export const changeOf = (intake: Intake, change: RegisterChange, current: Record<string, unknown> | null, cause: string): Change | null => {
  const { record, validFrom } = change;
  if (record === null || (current === null && intake.knownOnly)) return null;
  const key = record[intake.key];
  if (typeof key !== 'string' || key === '') throw fail('federation.key-missing', { key: intake.key });
  const told = intake.parts.filter((part) => current === null || !part.first).map((part) => [part.to, valueOf(part, change)] as const).filter(([, value]) => value !== undefined);
  const differing = told.filter(([name, value]) => !same(current?.[name], value));
  if (current !== null && differing.length === 0) return null;
  return { register: intake.register, key, data: Object.fromEntries(differing), validFrom, cause };
};
