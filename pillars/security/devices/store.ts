import type { DeviceKind, DeviceState, QueryOf, listRegisteredDevices } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';

export interface Device {
  id: string;
  kind: DeviceKind;
  name: string;
  department: number;
  institution: string;
  uscc: string;
  place: string;
  ranges: string[];
  state: DeviceState;
  blocked_for: string | null;
  serial: string | null;
  next_serial: string | null;
  secret_hash: string | null;
  secret_until: Date | null;
  failures: number;
  registered_at: Date;
  last_seen: Date | null;
  last_address: string | null;
  health: 'ok' | 'degraded' | 'fault' | null;
  note: string | null;
}

const COLUMNS = `id, kind, name, department, institution, uscc, place, ranges::text[] as ranges, state, blocked_for, serial, next_serial, secret_hash, secret_until,
  failures, registered_at, last_seen, host(last_address) as last_address, health, note`;

export type NewDevice = Pick<Device, 'id' | 'kind' | 'name' | 'department' | 'institution' | 'uscc' | 'place' | 'ranges'>;

/** In the reader's reach, by id. */
export const list = async (tx: Tx, { after, kind, state }: QueryOf<typeof listRegisteredDevices>, limit: number): Promise<Device[]> =>
  (await tx.named<Device>('devices.list', `select ${COLUMNS} from devices.device where ($1::text is null or id > $1) and ($2::text is null or kind = $2) and ($3::text is null or state = $3)
    order by id limit $4`, [after ?? null, kind ?? null, state ?? null, limit])).rows;

/** Held until the end of the transaction. */
export const hold = async (tx: Tx, id: string): Promise<Device | undefined> => (await tx.named<Device>('devices.hold', `select ${COLUMNS} from devices.device where id = $1 for update`, [id])).rows[0];

/** With whether `address` lies in its place. */
export const seenFrom = async (tx: Tx, id: string, address: string): Promise<(Device & { here: boolean }) | undefined> =>
  (await tx.named<Device & { here: boolean }>('devices.seen-from', `select ${COLUMNS}, exists (select from unnest(ranges) range where $2::inet <<= range) as here from devices.device where id = $1`, [id, address])).rows[0];

/** False when the id was used before, by whomever. */
export const insert = async (tx: Tx, { id, kind, name, department, institution, uscc, place, ranges }: NewDevice, secretHash: string, until: Date, at: Date): Promise<boolean> =>
  (await tx.query(`insert into devices.device (id, kind, name, department, institution, uscc, place, ranges, secret_hash, secret_until, registered_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8::inet[], $9, $10, $11) on conflict do nothing`, [id, kind, name, department, institution, uscc, place, ranges, secretHash, until, at])).rowCount === 1;

export const openSecret = (tx: Tx, id: string, hash: string, until: Date): Promise<unknown> =>
  tx.query('update devices.device set secret_hash = $2, secret_until = $3, failures = 0 where id = $1', [id, hash, until]);
/** One more failure; the secret is void at `most`. */
export const countFailure = (tx: Tx, id: string, most: number): Promise<unknown> =>
  tx.query(`update devices.device set failures = failures + 1, secret_hash = case when failures + 1 < $2 then secret_hash end, secret_until = case when failures + 1 < $2 then secret_until end where id = $1`, [id, most]);
export const place = (tx: Tx, id: string, name: string, ranges: readonly string[]): Promise<unknown> => tx.query('update devices.device set place = $2, ranges = $3::inet[] where id = $1', [id, name, ranges]);
export const block = (tx: Tx, id: string, reason: string): Promise<unknown> => tx.query(`update devices.device set state = 'blocked', blocked_for = $2 where id = $1`, [id, reason]);
export const release = (tx: Tx, id: string): Promise<unknown> =>
  tx.query(`update devices.device set state = case when serial is null then 'registered' else 'active' end, blocked_for = null where id = $1`, [id]);
/** The first certificate on a secret: the secret is used up. */
export const enrolled = (tx: Tx, id: string, serial: string): Promise<unknown> =>
  tx.query(`update devices.device set state = 'active', serial = $2, next_serial = null, secret_hash = null, secret_until = null, failures = 0 where id = $1`, [id, serial]);
export const setNext = (tx: Tx, id: string, serial: string | null): Promise<unknown> => tx.query('update devices.device set next_serial = $2 where id = $1', [id, serial]);
export const promote = (tx: Tx, id: string): Promise<unknown> => tx.query('update devices.device set serial = next_serial, next_serial = null where id = $1 and next_serial is not null', [id]);
export const hello = (tx: Tx, id: string, address: string, health: string, note: string | null, at: Date): Promise<unknown> =>
  tx.query('update devices.device set last_seen = $5, last_address = $2::inet, health = $3, note = $4 where id = $1', [id, address, health, note, at]);
