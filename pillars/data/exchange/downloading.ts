import { Readable } from 'node:stream';
import { Authority } from '@zhengwu/certificates';
import { containerOf } from './container.ts';
import { fail } from './errors.ts';
import { pathOf } from './merkle.ts';
import type { Node } from './node.ts';
import { leafOf } from './stamping.ts';
import * as log from './store-log.ts';
import { unspool } from './spool.ts';
import { writeZip } from './zip.ts';

/** The container of a logged message, streaming, with a name for the file. Throws `exchange.unknown-message`, `exchange.not-stamped`. */
export const openContainer = async ({ site }: Pick<Node, 'site'>, id: string): Promise<{ body: Readable; name: string; record: log.FullRecord }> => {
  const { database, config, files } = site;
  const found = await database.as(database.system, async (tx) => {
    const record = await log.recordOf(tx, id);
    if (!record) throw fail('exchange.unknown-message');
    const batch = record.batch === null ? undefined : await log.batchOf(tx, record.batch);
    if (!batch) throw fail('exchange.not-stamped', { seconds: config.exchange.stampSeconds });
    return { record, batch, leaves: await log.leavesOf(tx, batch.number), signer: await log.signerOf(tx, record.signer) };
  }, { readOnly: true });
  const { record, batch, leaves, signer } = found;
  if (!signer) throw new Error(`the certificate ${record.signer} is not in the log`);
  const steps = pathOf(batch.hash, leaves.map(({ signature }) => leafOf(batch.hash, signature)), record.place as number);
  const body = async (): Promise<AsyncIterable<Buffer>> => {
    const bytes = await unspool(files, { content: record.body, file: record.body_file });
    return Buffer.isBuffer(bytes) ? Readable.from([bytes]) : bytes;
  };
  const entries = containerOf({ record, body, signer, batch, steps, stampChain: await site.use(Authority).chain() });
  return { body: Readable.from(writeZip(entries)), name: `${record.request}-${record.kind}.asice`, record };
};
