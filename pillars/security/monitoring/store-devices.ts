import type { DeviceBody, LinkRow } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { Counters, PolledLink, Rates } from './links.ts';
import type { Trap } from './snmp.ts';

/** A device as kept; its keys are sealed. */
export interface KeptDevice extends DeviceBody {
  id: string;
  version: number;
  upSeconds: number | null;
  description: string | null;
}

interface Row extends Record<string, unknown> {
  id: string;
  name: string;
  host: string;
  port: number;
  user_name: string;
  auth_protocol: DeviceBody['authProtocol'];
  priv_protocol: DeviceBody['privProtocol'];
  auth_key: string;
  priv_key: string;
  every_seconds: number;
  is_on: boolean;
  version: number;
  up_seconds: number | null;
  description: string | null;
}

const fromRow = (row: Row): KeptDevice => ({
  id: row.id, name: row.name, host: row.host, port: row.port, user: row.user_name, authProtocol: row.auth_protocol, privProtocol: row.priv_protocol, authKey: row.auth_key, privKey: row.priv_key,
  everySeconds: row.every_seconds, isOn: row.is_on, version: row.version, upSeconds: row.up_seconds, description: row.description,
});

export const devices = async (tx: Tx): Promise<KeptDevice[]> => (await tx.query<Row>('select * from monitoring.device order by name, id limit 200')).rows.map(fromRow);
export const insertDevice = async (tx: Tx, id: string, device: DeviceBody): Promise<void> => {
  await tx.query(`insert into monitoring.device (id, name, host, port, user_name, auth_protocol, priv_protocol, auth_key, priv_key, every_seconds, is_on) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [id, device.name, device.host, device.port, device.user, device.authProtocol, device.privProtocol, device.authKey, device.privKey, device.everySeconds, device.isOn]);
};
export const deleteDevice = async (tx: Tx, id: string): Promise<boolean> => (await tx.query('delete from monitoring.device where id = $1', [id])).rowCount > 0;

/** Devices whose turn has come, each handed to one process; their next turn is noted. */
export const takeDueDevices = async (tx: Tx, limit: number): Promise<KeptDevice[]> =>
  (await tx.query<Row>(`update monitoring.device d set due = now() + make_interval(secs => every_seconds)
    where id in (select id from monitoring.device where is_on and due <= now() order by due limit $1 for update skip locked) returning d.*`, [limit])).rows.map(fromRow);

export const saveSystem = async (tx: Tx, id: string, upSeconds: number, description: string): Promise<void> => {
  await tx.query('update monitoring.device set up_seconds = $2, description = $3 where id = $1', [id, upSeconds, description]);
};

export const lastCounters = async (tx: Tx, device: string): Promise<Map<number, { counters: Counters; at: Date }>> =>
  new Map((await tx.query<{ index: number; counters: Counters; at: Date }>('select index, counters, at from monitoring.link where device = $1', [device])).rows.map(({ index, ...rest }) => [index, rest]));

/** Keeps a device's links as just polled; those it no longer has go. */
export const saveLinks = async (tx: Tx, device: string, at: Date, links: readonly (PolledLink & Rates)[]): Promise<void> => {
  await tx.query('delete from monitoring.link where device = $1', [device]);
  await tx.query(`insert into monitoring.link select $1, index, name, "speedMbit", "isUp", counters, "inShare", "outShare", errors, loss, $2
    from jsonb_to_recordset($3::jsonb) l(index int, name text, "speedMbit" float8, "isUp" boolean, counters jsonb, "inShare" float8, "outShare" float8, errors float8, loss float8)
    where exists (select from monitoring.device where id = $1)`, [device, at, JSON.stringify(links)]);
};

export const linksOf = async (tx: Tx): Promise<Map<string, LinkRow[]>> => {
  const { rows } = await tx.query<Omit<LinkRow, 'at'> & { device: string; at: Date } & Record<string, unknown>>(`select device, index, name, speed_mbit as "speedMbit", is_up as "isUp", in_share as "inShare", out_share as "outShare",
    errors, loss, at from monitoring.link order by device, index limit 5000`);
  return new Map([...Map.groupBy(rows, ({ device }) => device)].map(([device, list]) => [device, list.map(({ index, name, speedMbit, isUp, inShare, outShare, errors, loss, at }) => ({ index, name, speedMbit, isUp, inShare, outShare, errors, loss, at: at.toISOString() }))]));
};

export const insertTrap = async (tx: Tx, at: Date, { address, trap, bindings }: Trap): Promise<void> => {
  await tx.query(`insert into monitoring.trap (at, address, device, trap, bindings) values ($1, $2, (select id from monitoring.device where host = $2 order by id limit 1), $3, $4::jsonb)`, [at, address, trap, JSON.stringify(bindings)]);
};
export const traps = async (tx: Tx, after: string | null, limit: number): Promise<{ id: string; at: Date; address: string; device: string | null; trap: string; bindings: Trap['bindings'] }[]> =>
  (await tx.query<{ id: string; at: Date; address: string; device: string | null; trap: string; bindings: Trap['bindings'] }>('select id::text, at, address, device, trap, bindings from monitoring.trap where $1::bigint is null or id < $1 order by id desc limit $2', [after, limit])).rows;
export const forgetTraps = async (tx: Tx, days: number): Promise<void> => {
  await tx.query('delete from monitoring.trap where at < now() - make_interval(days => $1)', [days]);
};
