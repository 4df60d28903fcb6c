import type { ProbeBody } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';

export interface KeptProbe extends ProbeBody {
  id: string;
  version: number;
}

interface Row extends Record<string, unknown> {
  id: string;
  name: string;
  kind: ProbeBody['kind'];
  host: string;
  port: number;
  path: string | null;
  expect_status: number | null;
  expect_text: string | null;
  timeout_ms: number;
  every_seconds: number;
  is_on: boolean;
  version: number;
}

const fromRow = (row: Row): KeptProbe => ({
  id: row.id, name: row.name, kind: row.kind, host: row.host, port: row.port, timeoutMs: row.timeout_ms, everySeconds: row.every_seconds, isOn: row.is_on, version: row.version,
  ...(row.path === null ? {} : { path: row.path }), ...(row.expect_status === null ? {} : { expectStatus: row.expect_status }), ...(row.expect_text === null ? {} : { expectText: row.expect_text }),
});

export const probes = async (tx: Tx): Promise<KeptProbe[]> => (await tx.query<Row>('select * from monitoring.probe order by name, id limit 500')).rows.map(fromRow);
export const countProbes = async (tx: Tx): Promise<number> => (await tx.query<{ n: number }>('select count(*)::int as n from monitoring.probe')).rows[0]?.n ?? 0;

const valuesOf = (probe: ProbeBody): unknown[] =>
  [probe.name, probe.kind, probe.host, probe.port, probe.path ?? null, probe.expectStatus ?? null, probe.expectText ?? null, probe.timeoutMs, probe.everySeconds, probe.isOn];
/** Its first turn comes after `waitSeconds`. */
export const insertProbe = async (tx: Tx, id: string, probe: ProbeBody, waitSeconds = 0): Promise<void> => {
  await tx.query(`insert into monitoring.probe (id, name, kind, host, port, path, expect_status, expect_text, timeout_ms, every_seconds, is_on, due)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now() + make_interval(secs => $12))`, [id, ...valuesOf(probe), waitSeconds]);
};
/** The new version; null when there is none of that id and version. */
export const updateProbe = async (tx: Tx, id: string, version: number, probe: ProbeBody): Promise<number | null> =>
  (await tx.query<{ version: number }>(`update monitoring.probe set name = $3, kind = $4, host = $5, port = $6, path = $7, expect_status = $8, expect_text = $9, timeout_ms = $10,
    every_seconds = $11, is_on = $12, version = version + 1, due = now() where id = $1 and version = $2 returning version`, [id, version, ...valuesOf(probe)])).rows[0]?.version ?? null;
export const deleteProbe = async (tx: Tx, id: string): Promise<boolean> => (await tx.query('delete from monitoring.probe where id = $1', [id])).rowCount > 0;

/** Probes whose turn has come, each handed to one process; their next turn is noted. */
export const takeDueProbes = async (tx: Tx, limit: number): Promise<KeptProbe[]> =>
  (await tx.query<Row>(`update monitoring.probe p set due = now() + make_interval(secs => every_seconds)
    where id in (select id from monitoring.probe where is_on and due <= now() order by due limit $1 for update skip locked) returning p.*`, [limit])).rows.map(fromRow);
