import type { Readable } from 'node:stream';
import { dayOf, type Clock } from '@zhengwu/clock';
import type { Tx } from '@zhengwu/database';
import { Holdings, type Holding, type Site } from '@zhengwu/module';
import * as store from './store.ts';
import { zipOf } from './zip.ts';

export const COPY = 'privacy.copy';
/** Days for which a copy can be downloaded. */
export const COPY_DAYS = 7;
const DAY = 86_400_000;

export interface Part {
  code: string;
  title: { zh: string; en: string };
  rows: readonly Record<string, unknown>[];
}

/** Everything that the holdings have of one person. */
export const gather = async (tx: Tx, person: string, holdings: readonly Holding[]): Promise<Part[]> => {
  const parts: Part[] = [];
  for (const holding of holdings) parts.push({ code: holding.code, title: holding.title, rows: await holding.gather(tx, person) });
  return parts;
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
const written = (value: unknown): string => (value === null || value === undefined ? '—' : typeof value === 'object' ? JSON.stringify(value, null, 1) : String(value));
const rowsOf = (row: Record<string, unknown>): string => `<table>${Object.entries(row).map(([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(written(value))}</td></tr>`).join('')}</table>`;

/** The same as a page that anybody can read, without script or outside files. */
export const pageOf = (parts: readonly Part[], day: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>我的个人信息 My personal data</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%;margin:0 0 1rem}th,td{border:1px solid #c8d0d8;padding:.3rem .6rem;text-align:left;vertical-align:top;white-space:pre-wrap;overflow-wrap:anywhere}th{width:14rem;font-weight:600}</style></head>
<body><h1>我的个人信息 <span lang="en">My personal data</span></h1><p>${day}</p>
${parts.map(({ title, rows }) => `<h2>${escaped(title.zh)} <span lang="en">${escaped(title.en)}</span> (${rows.length})</h2>\n${rows.length === 0 ? '<p>没有 <span lang="en">Nothing</span></p>' : rows.map(rowsOf).join('\n')}`).join('\n')}
</body></html>
`;

/** The copy as a ZIP file: JSON for machines and a page for people. */
export const fileOf = (parts: readonly Part[], day: string): Buffer =>
  zipOf([
    { name: 'personal-data.json', content: Buffer.from(JSON.stringify({ day, parts }, null, 2)) },
    { name: '个人信息.html', content: Buffer.from(pageOf(parts, day)) },
  ]);

/** Makes a copy that was asked for; once it is there, its owner is told. Doing it again changes nothing. */
export const makeCopy = async ({ database, files, audit, events, clock, use }: Site, id: string): Promise<void> => {
  const asked = await database.as(database.system, (tx) => store.copyAsked(tx, id));
  if (!asked) return;
  const now = clock.now();
  const parts = await database.as(database.system, (tx) => gather(tx, asked.person, use(Holdings)()), { isolation: 'repeatable read' });
  const { hash, size } = await files.keep(fileOf(parts, dayOf(now)), { type: 'application/zip', name: 'personal-data.zip' });
  await database.as(database.system, async (tx) => {
    if (!(await store.copyAsked(tx, id))) return;
    await store.copyReady(tx, id, hash, size, new Date(now.getTime() + COPY_DAYS * DAY));
    await audit.record(tx, { event: 'privacy.copyMade', subject: asked.person, detail: { copy: id, parts: parts.map(({ code, rows }) => `${code}:${rows.length}`) } });
    await events.append(tx, { type: 'privacy.copyReady', subject: asked.person, payload: { copy: id } });
  });
};

/** The file of a copy that may still be taken. */
export const openCopy = async ({ files }: Site, hash: string): Promise<{ body: Readable; size: number }> => files.open(hash);

/** Removes the files of copies whose time is over. */
export const removeExpired = async ({ database, files, audit, clock }: Pick<Site, 'database' | 'files' | 'audit'> & { clock: Pick<Clock, 'now'> }): Promise<number> => {
  const gone = await database.as(database.system, async (tx) => {
    const rows = await store.expireCopies(tx, clock.now());
    for (const { id, person } of rows) await audit.record(tx, { event: 'privacy.copyRemoved', subject: person, detail: { copy: id } });
    return rows;
  });
  for (const { hash } of gone) if (hash) await files.remove(hash);
  return gone.length;
};
