import { randomUUID } from 'node:crypto';
import { TimeStamps } from '@zhengwu/certificates';
import { intl } from '@zhengwu/crypto';
import type { Site } from '@zhengwu/module';
import { derSignature } from './der.ts';
import { Fault } from './faults.ts';
import { leafHash, rootOf, type TreeHash } from './merkle.ts';
import * as log from './store-log.ts';

/** Time-stamps what was logged, and says when that has failed for too long. */
export interface Stamping {
  /** Stamps all that waits, in batches; answers how many messages. Throws when no stamp can be had. */
  stamp(): Promise<number>;
  /** Throws `Server.ClientProxy.LoggingFailed.TimestamperFailed` while the oldest message has waited too long. */
  guard(): void;
  /** Looks at the database what waits: other processes log and stamp too. */
  look(): Promise<void>;
  state(): { lastAt: Date | null; oldestAt: Date | null; waiting: number; problem: string | null; refuses: boolean };
}

const MOST = 20_000;
const SHA256_URI = 'http://www.w3.org/2001/04/xmlenc#sha256';
export const STAMP_PARTS = { batch: 'stamp/batch.txt', manifest: 'META-INF/ASiCManifest002.xml', token: 'META-INF/timestamp002.tst' } as const;

/** What a batch says of itself: its number, how it is hashed, its root, the root of the one before. */
export const batchText = ({ number, hash, leaves, root, previous }: Pick<log.BatchRow, 'number' | 'hash' | 'leaves' | 'root' | 'previous'>): string =>
  `batch:${number}\r\nhash:${hash}\r\nmessages:${leaves}\r\nroot:${root.toString('hex')}\r\nprevious:${previous.toString('hex')}\r\n`;

/** The manifest over a batch (ETSI EN 319 162-1 A.4, with a time assertion): what the time-stamp is over. */
export const stampManifest = (text: string): Buffer => Buffer.from([
  '<?xml version="1.0" encoding="UTF-8"?>',
  '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">',
  `<asic:SigReference URI="${STAMP_PARTS.token}" MimeType="application/vnd.etsi.timestamp-token"/>`,
  `<asic:DataObjectReference URI="${STAMP_PARTS.batch}" MimeType="text/plain"><ds:DigestMethod Algorithm="${SHA256_URI}"/><ds:DigestValue>${intl.digest(text).value.toString('base64')}</ds:DigestValue></asic:DataObjectReference>`,
  '</asic:ASiCManifest>', '',
].join('\n'));

/** A leaf of a batch: the signature of a message, as it stands in its container. */
export const leafOf = (hash: TreeHash, signature: Buffer): Buffer => leafHash(hash, derSignature(signature));

const stampOnce = (site: Site, hash: TreeHash): Promise<number> => site.database.as(site.database.system, async (tx) => {
  if (!(await log.holdStamping(tx))) return 0;
  const waiting = await log.unstamped(tx, MOST);
  if (waiting.length === 0) return 0;
  const last = await log.lastBatch(tx);
  const root = rootOf(hash, waiting.map(({ signature }) => leafOf(hash, signature)));
  const batch = { number: (last?.number ?? 0) + 1, hash, leaves: waiting.length, root, previous: last?.root ?? Buffer.alloc(root.length) };
  const manifest = stampManifest(batchText(batch));
  const token = await site.use(TimeStamps).stamp(intl.digest(manifest).value);
  await log.insertBatch(tx, { ...batch, at: site.clock.now(), manifest, token }, waiting.map(({ id }) => id));
  return waiting.length;
});

/** `minutes`: how long a message may wait for its time-stamp until the node takes no more. */
export const openStamping = (site: Site, hash: TreeHash, minutes: number): Stamping => {
  let [lastAt, oldestAt, waiting, problem]: [Date | null, Date | null, number, string | null] = [null, null, 0, null];
  const look = async (): Promise<void> => {
    await site.database.as(site.database.system, async (tx) => {
      ({ at: oldestAt, waiting } = await log.oldestUnstamped(tx));
      lastAt = (await log.lastBatch(tx))?.at ?? null;
    }, { readOnly: true });
  };
  const isTooLate = (): boolean => oldestAt !== null && site.clock.now().getTime() - oldestAt.getTime() > minutes * 60_000;
  return {
    look,
    guard: () => {
      if (isTooLate()) throw new Fault('Server.ClientProxy.LoggingFailed.TimestamperFailed', `messages of this node have had no time-stamp for more than ${minutes} minutes; it takes no more until they have`, randomUUID());
    },
    stamp: async () => {
      let [all, some] = [0, 0];
      try {
        do {
          some = await stampOnce(site, hash);
          all += some;
        } while (some === MOST);
        problem = null;
      } catch (error) {
        if (problem === null) site.log.error({ err: error }, 'messages could not be time-stamped');
        problem = error instanceof Error ? error.message : String(error);
        throw error;
      } finally {
        await look();
      }
      return all;
    },
    state: () => ({ lastAt, oldestAt, waiting, problem, refuses: isTooLate() }),
  };
};
