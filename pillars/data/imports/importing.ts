import type { Readable } from 'node:stream';
import type { Actor, ImportView, ResponseOf, Text, uploadImport } from '@zhengwu/contracts';
import { labelLevel } from '@zhengwu/contracts';
import { Directory } from '@zhengwu/directory';
import { declaredErrors, fillIn, type Params } from '@zhengwu/errors';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import type { Register } from '@zhengwu/pack';
import { Registers } from '@zhengwu/registers';
import { guessMapping, mappingFaults, type Mapping } from './checking.ts';
import { fail } from './errors.ts';
import { openRows, type Format } from './rows/open-rows.ts';
import type { RawRow } from './rows/raw-row.ts';
import { guessEncoding, type Encoding } from './rows/text.ts';
import { bodyOf, RUN } from './running.ts';
import * as store from './store.ts';

const PREVIEW = 5;
const HEAD = 64 * 1024;

const departmentOf = (site: Pick<Site, 'use'>, { keeper }: Register): number | null => site.use(Directory).departmentByCode(keeper)?.id ?? null;

/** Registers whose keeper the actor's permission reaches, of no higher label than they may see. */
export const fillable = (site: Pick<Site, 'use'>, actor: Actor): Register[] => site.use(Registers).definitions().filter((register) =>
  labelLevel(register.label ?? 'internal') <= actor.clearance && (actor.scope === 'all' || actor.departments.includes(departmentOf(site, register) ?? -1)));

const reached = (site: Pick<Site, 'use'>, actor: Actor, code: string): Register => {
  const register = fillable(site, actor).find((one) => one.code === code);
  if (!register) throw fail('import.register', { register: code });
  return register;
};

export const fieldsOf = ({ fields, schema }: Register) => {
  const required = (schema as { required?: string[] }).required ?? [];
  return fields.map(({ key, label }) => ({ key, label, required: required.includes(key) }));
};

/** What is wrong, in both languages; what has a wording of its own brings it along. */
export const messageOf = (code: string, params: Params): Text => {
  if (typeof params['zh'] === 'string' && typeof params['en'] === 'string') return { zh: params['zh'], en: params['en'] };
  const found = declaredErrors().find((one) => one.code === code);
  return found ? { zh: fillIn(found.zh, params), en: fillIn(found.en, params) } : { zh: code, en: code };
};

export const viewOf = (site: Pick<Site, 'use'>, row: store.ImportRow): ImportView => ({
  id: row.id, register: row.register, registerName: site.use(Registers).definition(row.register)?.name ?? { zh: row.register, en: row.register }, by: row.person_name, at: row.at.toISOString(), name: row.name, size: row.size,
  format: row.format, encoding: row.encoding, columns: row.columns, mapping: row.mapping === null ? null : [...row.mapping], validFrom: row.valid_from, isTrial: row.is_trial, state: row.state, problem: row.problem ? messageOf(row.problem.code, row.problem.params) : null,
  position: row.position, added: row.added, changed: row.changed, unchanged: row.unchanged, refused: row.refused, rowsPerSecond: row.worked_ms === 0 ? 0 : Math.round((row.position * 1000) / row.worked_ms), finishedAt: row.finished_at?.toISOString() ?? null,
});

export interface Sent {
  register: string;
  name: string;
  format: Format;
  encoding?: Encoding;
}
type Received = ResponseOf<typeof uploadImport>;

const firstRows = async (chunks: AsyncIterable<RawRow[]>): Promise<Record<string, unknown>[]> => {
  const rows: Record<string, unknown>[] = [];
  for await (const chunk of chunks) {
    rows.push(...chunk.flatMap(({ cells }) => (cells ? [{ ...cells }] : [])));
    if (rows.length >= PREVIEW) break;
  }
  return rows.slice(0, PREVIEW);
};

const headOf = async (source: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  for await (const part of source) return part.subarray(0, HEAD);
  return new Uint8Array();
};

/** Keeps a file and reads its beginning: nothing is written to the register yet. */
export const receive = async (site: Site, actor: Actor, { register: code, name, format, encoding }: Sent, stream: Readable): Promise<Received> => {
  const register = reached(site, actor, code);
  const { hash, size } = await site.files.keep(stream, { type: 'application/octet-stream', name });
  const body = bodyOf(site, hash, size);
  const isText = format === 'csv' || format === 'jsonl';
  const used = encoding ?? (isText && size > 0 ? guessEncoding(await headOf(await body.open(0, HEAD))) : 'utf-8');
  const { columns, chunks } = await openRows(body, format, used);
  const preview = await firstRows(chunks);
  const id = uuidv7();
  const row = await site.database.as(actor, async (tx) => {
    await store.insertImport(tx, { id, register: code, department: departmentOf(site, register), person: actor.personId ?? null, person_name: actor.name, file: hash, size, name, format, encoding: used, columns });
    await site.audit.record(tx, { event: 'import.received', subject: id, detail: { register: code, file: hash, size } });
    return store.importById(tx, id);
  });
  if (!row) throw fail('import.unknown');
  return { import: viewOf(site, row), guessed: [...guessMapping(register, columns)], preview };
};

/** Queues a trial or the import itself; after a trial the same file goes on under a new id. */
export const start = async (site: Site, actor: Actor, id: string, { mapping, validFrom, trial }: { mapping: Mapping; validFrom: string; trial: boolean }): Promise<{ id: string }> => site.database.as(actor, async (tx) => {
  const row = await store.importById(tx, id);
  if (!row) throw fail('import.unknown');
  const register = reached(site, actor, row.register);
  const faults = mappingFaults(register, row.columns, mapping);
  if (faults.length > 0) throw fail('import.mapping', { fields: faults.join(', ') });
  const isAgain = row.is_trial && (row.state === 'done' || row.state === 'failed');
  const started = isAgain ? uuidv7() : id;
  if (isAgain) await store.copyImport(tx, started, id);
  if (!(await store.queueImport(tx, started, mapping, validFrom, trial))) throw fail('import.started');
  await site.audit.record(tx, { event: 'import.started', subject: started, detail: { register: row.register, trial, validFrom } });
  await site.jobs.enqueue(tx, { job: RUN, payload: { id: started }, key: started });
  return { id: started };
});
