import type { KeyObject } from 'node:crypto';
import { CompactSign } from 'jose';
import { HEADS, RECORDS } from './export.ts';
import { HEAD_TYPE } from './head.ts';
import { append, emptyEdge, leafHash, rootOf } from './merkle.ts';
import { canonical } from './record.ts';

/** The files of an export of `count` made-up records, by name; for measuring. */
export const sampleExport = async (count: number, key: KeyObject, id: () => string): Promise<Record<string, string>> => {
  const edge = emptyEdge();
  const lines: string[] = [];
  const at = new Date().toISOString();
  for (let position = 0; position < count; position++) {
    const record = canonical({
      id: id(), at, kind: 'official', account: id(), person: id(), name: '李明', on_behalf_of: null, request: `r-${position}`, address: '10.0.0.1',
      event: 'case.accepted', subject: id(), detail: '{"days": 3}',
    });
    const leaf = leafHash(record);
    append(edge, leaf);
    lines.push(`{"position":${position},"leaf":"${leaf.toString('hex')}","record":${record}}\n`);
  }
  const head = JSON.stringify({ size: count, root: rootOf(edge).toString('hex'), at, retainedFrom: 0 });
  const jws = await new CompactSign(Buffer.from(head)).setProtectedHeader({ alg: 'ES256', typ: HEAD_TYPE }).sign(key);
  return { [RECORDS]: lines.join(''), [HEADS]: `${jws}\n` };
};
