import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from './errors.ts';
import { receiveInto, type Received } from './receive.ts';
import { ScannerAway, type Scanner, type Verdict } from './scanner.ts';
import type { FileStore } from './store.ts';

/** What became of a file that was looked at. */
export type FileNews =
  | { kind: 'infected'; hash: string; signature: string; /** It had been taken and waited. */ wasHeld: boolean }
  | { kind: 'held'; hash: string; reason: string }
  /** A document with the mark of a state secret; nothing of it was kept. */
  | { kind: 'classified'; hash: string; level: string; sender: string | null };

export interface Recheck {
  clean: string[];
  refused: { hash: string; signature: string }[];
  /** Still waiting. */
  waiting: number;
  /** The scanner gives no answers. */
  isAway: boolean;
}

export interface Quarantine {
  /** Looks at a file on its way in. Throws `file.infected`; answers whether it must wait. */
  look(path: string, hash: string): Promise<boolean>;
  readonly bodies: FileStore;
  /** Looks again at what waits: clean bodies move to their place, others go. */
  recheck(signal?: AbortSignal): Promise<Recheck>;
}

export interface QuarantineOptions {
  scanner: Scanner;
  bodies: FileStore;
  /** Where clean bodies belong. */
  store: FileStore;
  /** Local folder for bodies while they are looked at. */
  folder: string;
  /** Seconds that a sender waits for the scanner; then the file waits alone. */
  inlineSeconds: number;
  tell(news: FileNews): void;
}

/** Files that no scanner has called clean stay here, out of everybody's reach. */
export const openQuarantine = ({ scanner, bodies, store, folder, inlineSeconds, tell }: QuarantineOptions): Quarantine => {
  const fetchTo = async (hash: string, path: string): Promise<Received> => receiveInto(path, await bodies.open(hash), Number.MAX_SAFE_INTEGER);
  const settle = async (hash: string, path: string, received: Received, verdict: Verdict, done: Recheck): Promise<void> => {
    if (verdict.isClean) {
      await store.place(path, hash, { size: received.size, sha256: received.hash });
      await bodies.remove(hash);
      done.clean.push(hash);
      return;
    }
    await bodies.remove(hash);
    // The same body may have been called clean before the scanner knew it.
    await store.remove(hash);
    done.refused.push({ hash, signature: verdict.signature });
    tell({ kind: 'infected', hash, signature: verdict.signature, wasHeld: true });
  };
  return {
    bodies,
    look: async (path, hash) => {
      try {
        const verdict = await scanner.scan(path, AbortSignal.timeout(inlineSeconds * 1000));
        if (verdict.isClean) return false;
        tell({ kind: 'infected', hash, signature: verdict.signature, wasHeld: false });
        throw fail('file.infected', { signature: verdict.signature });
      } catch (error) {
        if (!(error instanceof ScannerAway)) throw error;
        tell({ kind: 'held', hash, reason: error.message });
        return true;
      }
    },
    recheck: async (signal) => {
      const done: Recheck = { clean: [], refused: [], waiting: 0, isAway: false };
      for await (const hash of bodies.list()) {
        if (done.isAway || signal?.aborted) {
          done.waiting += 1;
          continue;
        }
        const path = join(folder, randomUUID());
        try {
          const received = await fetchTo(hash, path);
          await settle(hash, path, received, await scanner.scan(path, signal), done);
        } catch (error) {
          if (!(error instanceof ScannerAway)) throw error;
          done.isAway = true;
          done.waiting += 1;
        } finally {
          await rm(path, { force: true });
        }
      }
      return done;
    },
  };
};
