import { labelLevel } from '@zhengwu/contracts';
import type { Database, Tx } from '@zhengwu/database';
import type { Register } from '@zhengwu/pack';
import type { Asked, Change, Held, Version } from './registers.ts';

export interface Found {
  register: string;
  key: string;
  data: Record<string, unknown>;
}

export const selectCurrent = async (tx: Tx, asked: readonly Asked[], day: string): Promise<Found[]> =>
  (await tx.named<Found>('registers.current', 'select register, key, data from registers.current($1::jsonb, $2::date)', [JSON.stringify(asked), day])).rows;

export const selectAsKnown = async (tx: Tx, asked: readonly Asked[], day: string, known: Date): Promise<Found[]> =>
  (await tx.named<Found>('registers.asKnown', 'select register, key, data from registers.as_known($1::jsonb, $2::date, $3::timestamptz)', [JSON.stringify(asked), day, known.toISOString()])).rows;

export const lookUp = async (database: Database, asked: readonly Asked[], day: string): Promise<(Found & Held)[]> =>
  (await database.ask<Found & Held>(database.system, 'registers.lookUp',
    'select register, key, data, valid_from as "validFrom", known_from as "knownFrom", subject from registers.look_up_held($1::jsonb, $2::jsonb, $3::date)', [JSON.stringify(asked), day])).rows;

export const selectHistory = async (tx: Tx, register: string, key: string): Promise<Version[]> =>
  (await tx.query<Version>(
    `select data, valid_from as "validFrom", valid_to as "validTo", known_from as "knownFrom", known_to as "knownTo", cause
     from registers.record where register = $1 and key = $2 order by known_from desc, valid_from desc`,
    [register, key],
  )).rows;

export const writeChanges = async (tx: Tx, changes: readonly Change[]): Promise<void> => {
  await tx.named('registers.write', 'select registers.write($1::jsonb)', [JSON.stringify(changes)]);
};

export const insertFirst = async (tx: Tx, changes: readonly Change[]): Promise<void> => {
  await tx.query(
    `insert into registers.record (register, key, subject, data, valid_from, cause)
     select c.register, c.key, c.subject, c.data, c."validFrom", c.cause
     from jsonb_to_recordset($1::jsonb) as c(register text, key text, subject uuid, data jsonb, "validFrom" date, cause text)`,
    [JSON.stringify(changes)],
  );
};

export const upsertRegister = async (tx: Tx, register: Register, packHash: string): Promise<void> => {
  await tx.query(
    `insert into registers.register (code, name_zh, name_en, keeper, sharing, definition, pack_hash, secrecy) values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8)
     on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en, keeper = excluded.keeper,
       sharing = excluded.sharing, definition = excluded.definition, pack_hash = excluded.pack_hash, secrecy = greatest(registers.register.secrecy, excluded.secrecy)
     where registers.register.pack_hash <> excluded.pack_hash`,
    [register.code, register.name.zh, register.name.en, register.keeper, register.sharing.class, JSON.stringify(register), packHash, labelLevel(register.label ?? 'internal')],
  );
};

export const selectDefinitions = async (tx: Tx): Promise<Register[]> =>
  (await tx.query<{ definition: Register }>('select definition from registers.register order by code')).rows.map((row) => row.definition);
