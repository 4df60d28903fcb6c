import { isIP } from 'node:net';
import type { RegisteredDevice } from '@zhengwu/contracts';
import { isUscc } from '@zhengwu/ids';
import { fail } from './errors.ts';
import type { Device, NewDevice } from './store.ts';

/** A place is a network, not the world: prefixes may not be shorter. */
const SHORTEST = { 4: 8, 6: 16 } as const;

const isRange = (text: string): boolean => {
  const [, address = '', prefix = ''] = /^([0-9a-fA-F:.]+)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(address);
  return (family === 4 || family === 6) && Number(prefix) >= SHORTEST[family] && Number(prefix) <= (family === 4 ? 32 : 128);
};

/** Throws `device.range-invalid` for the first that is no network, or one too wide to be a place. */
export const checkRanges = (ranges: readonly string[]): void => {
  const wrong = ranges.find((range) => !isRange(range));
  if (wrong !== undefined) throw fail('device.range-invalid', { range: wrong });
};

/** Throws `device.range-invalid`, `device.uscc-invalid`. */
export const checkNew = ({ ranges, uscc }: Pick<NewDevice, 'ranges' | 'uscc'>): void => {
  checkRanges(ranges);
  if (!isUscc(uscc)) throw fail('device.uscc-invalid', { uscc });
};

/** An IPv4 address as itself, also where a socket of both families shows it mapped (RFC 4291 §2.5.5.2). */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '');

const text = (at: Date | null): string | null => at?.toISOString() ?? null;

export const viewOf = (row: Device): RegisteredDevice => ({
  id: row.id, kind: row.kind, name: row.name, department: row.department, institution: row.institution, uscc: row.uscc, place: row.place, ranges: row.ranges, state: row.state, serial: row.serial,
  blockedFor: row.blocked_for, enrolUntil: text(row.secret_until), registeredAt: row.registered_at.toISOString(),
  lastSeen: text(row.last_seen), lastAddress: row.last_address, health: row.health, note: row.note,
});
