import type { QueryOf, searchLines } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { ReceivedLine } from './intake.ts';

export const insertLines = async (tx: Tx, lines: readonly ReceivedLine[]): Promise<void> => {
  await tx.query(`insert into monitoring.line (at, sent_at, source, transport, facility, severity, host, app, process, message)
    select at, "sentAt", source, transport, facility, severity, host, app, process, message
    from jsonb_to_recordset($1::jsonb) l(at timestamptz, "sentAt" timestamptz, source text, transport text, facility smallint, severity smallint, host text, app text, process text, message text)`, [JSON.stringify(lines)]);
};

interface LineRow {
  id: string;
  at: Date;
  sentAt: Date | null;
  source: string;
  transport: 'udp' | 'tcp';
  facility: number;
  severity: number;
  host: string | null;
  app: string | null;
  process: string | null;
  message: string;
}

/** Lines that match, newest first. A search for text looks at the last million lines at most, so that it ends. */
export const findLines = async (tx: Tx, { text, host, severity, from, until, after }: QueryOf<typeof searchLines>, limit: number): Promise<LineRow[]> =>
  (await tx.query<LineRow & Record<string, unknown>>(`select id::text, at, sent_at as "sentAt", source, transport, facility, severity, host, app, process, message from monitoring.line
    where id > (select coalesce(max(id), 0) - 1000000 from monitoring.line) and ($1::bigint is null or id < $1) and ($2::text is null or strpos(lower(message), lower($2)) > 0)
      and ($3::text is null or host = $3 or source = $3) and ($4::int is null or severity <= $4) and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
    order by id desc limit $7`, [after ?? null, text ?? null, host ?? null, severity ?? null, from ?? null, until ?? null, limit])).rows;

export const forgetLines = async (tx: Tx, days: number): Promise<void> => {
  await tx.query('delete from monitoring.line where at < now() - make_interval(days => $1)', [days]);
};
