import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleExport, verifyExport } from '@zhengwu/audit-trail';
import type { Figure } from '../figure.ts';

const RECORDS = 50_000;

/** Records of an export verified a second, file reading, hashing, roots and signature included. */
export async function run(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zhengwu-bench-audit-'));
  try {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const files = await sampleExport(RECORDS, privateKey, () => randomUUID());
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
    let best = 0;
    for (let round = 0; round < 3; round++) {
      const began = performance.now();
      const { findings, records } = await verifyExport(folder, pem);
      if (findings.length > 0 || records !== RECORDS) throw new Error('the sample does not verify');
      best = Math.max(best, RECORDS / ((performance.now() - began) / 1000));
    }
    return [{ name: 'audit records verified', unit: 'records per second', ours: Math.round(best) }];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
