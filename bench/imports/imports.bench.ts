import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { ImportView } from '@zhengwu/contracts';
import { openDatabase } from '@zhengwu/database';
import { composeUscc, organisationCheck } from '@zhengwu/ids';
import { extractRegister, type Format } from '@zhengwu/imports';
import { registerDefinitions } from '@zhengwu/registers';
import { rounded, type Figure } from '../figure.ts';
import { openGround, type Ground } from '../ground.ts';
import { ask, official, signedIn, type Person } from '../people.ts';

/** `ZHENGWU_BENCH_ROWS=50000` tries it out. */
const ROWS = Number(process.env['ZHENGWU_BENCH_ROWS'] ?? 1_000_000);
const REGISTER = 'credit-records';
const HEADS = ['number', 'uscc', 'entity', 'kind', 'content', 'decidedBy', 'decidedOn', 'shownUntil', 'status'];
const PART = 5000;

const lineOf = (n: number, status: string): string => {
  const body = String(n).padStart(8, '0');
  const uscc = composeUscc({ registrar: '9', kind: '1', division: '990100', organisation: `${body}${organisationCheck(body)}` });
  return `YC-${body},${uscc},云川市第${n}号商贸有限公司,commitment,按期履行信用承诺,云川市市场监督管理局,2026-01-15,2027-01-15,${status}\n`;
};

function* lines(status: string): Generator<string> {
  yield `${HEADS.join(',')}\n`;
  for (let at = 0; at < ROWS; at += PART) yield Array.from({ length: Math.min(PART, ROWS - at) }, (_, n) => lineOf(at + n, status)).join('');
}

/** Uploads a file of rows over HTTP, has it imported and waits for its end. */
const bring = async (ground: Ground, person: Person, headers: Record<string, string>, file: string, validFrom: string): Promise<ImportView> => {
  const address = `http://127.0.0.1:${ground.port}/api/imports?${new URLSearchParams({ register: REGISTER, name: 'rows.csv', format: 'csv' }).toString()}`;
  const sent = await fetch(address, { method: 'POST', headers: { ...headers, 'content-type': 'application/octet-stream' }, body: await openAsBlob(file) });
  if (sent.status !== 201) throw new Error(`the upload was answered ${sent.status}: ${await sent.text()}`);
  const { import: { id }, guessed } = (await sent.json()) as { import: ImportView; guessed: object[] };
  await ask(ground, person.request('POST', `/api/imports/${id}/start`, { mapping: guessed, validFrom, trial: false }), 202);
  for (;;) {
    const { import: now } = await ask<{ import: ImportView }>(ground, person.request('GET', `/api/imports/${id}`));
    if (now.state === 'failed') throw new Error(now.problem?.en ?? 'the import failed');
    if (now.state === 'done') return now;
    await pause(500);
  }
};

const million = ROWS >= 1_000_000 ? `${ROWS / 1_000_000}M` : `${ROWS / 1000}k`;
const figure = (what: string, rows: number, seconds: number, target?: number): Figure => ({ name: `register of ${million} records: ${what}`, unit: 'rows per second', ours: rounded(rows / seconds, 0), ...(target === undefined ? {} : { target }) });

const extracts = async (ground: Ground, folder: string): Promise<Figure[]> => {
  const database = await openDatabase(ground.connection);
  const figures: Figure[] = [];
  try {
    const register = (await database.as(database.system, registerDefinitions, { readOnly: true })).find(({ code }) => code === REGISTER);
    if (!register) throw new Error('the register is not there');
    for (const format of ['csv', 'parquet'] as const satisfies Format[]) {
      const begun = performance.now();
      const { rows } = await extractRegister(database, { register, day: '2026-07-01', format, path: join(folder, `out.${format}`) });
      figures.push(figure(`written out as ${format}`, rows, (performance.now() - begun) / 1000));
    }
    return figures;
  } finally {
    await database.close();
  }
};

/** Rows of a file into a register of the shipped site: schema, check digits, history, and each change told to whoever follows. */
export async function run(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zhengwu-bench-imports-'));
  const ground = await openGround();
  try {
    for (const [name, status] of [['new', 'shown'], ['changed', 'ended']] as const) await pipeline(Readable.from(lines(status)), createWriteStream(join(folder, `${name}.csv`)));
    const person = await official(ground, 'data01');
    const headers = await signedIn(ground, 'data01');
    const added = await bring(ground, person, headers, join(folder, 'new.csv'), '2026-02-01');
    const changed = await bring(ground, person, headers, join(folder, 'changed.csv'), '2026-06-01');
    if (added.added !== ROWS || changed.changed !== ROWS) throw new Error(`${added.added} added, ${changed.changed} changed of ${ROWS}`);
    return [
      { ...figure('new rows imported', 1, 1 / added.rowsPerSecond, 20_000) }, { ...figure('rows imported that change a record', 1, 1 / changed.rowsPerSecond) }, ...(await extracts(ground, folder)),
    ];
  } finally {
    await ground.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
