import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export interface KeptPage {
  html: Buffer;
  gzip: Buffer;
  etag: string;
  until: number;
}

export const keepPage = (html: string, until: number): KeptPage => {
  const bytes = Buffer.from(html);
  return { html: bytes, gzip: gzipSync(bytes, { level: 6 }), etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`, until };
};

/** Anonymous pages for a few seconds; the oldest goes first. Concurrent readers of the same page wait for one rendering. */
export const createPageCache = ({ seconds, most, now }: { seconds: number; most: number; now: () => number }) => {
  const kept = new Map<string, KeptPage>();
  const underway = new Map<string, Promise<KeptPage>>();
  return {
    find(key: string): KeptPage | undefined {
      const one = kept.get(key);
      return one && one.until > now() ? one : undefined;
    },
    /** Renders once for all who wait; a failure is kept for nobody. */
    async render(key: string, make: () => Promise<string>): Promise<KeptPage> {
      const waiting = underway.get(key);
      if (waiting) return waiting;
      const work = make().then((html) => {
        const page = keepPage(html, now() + seconds * 1000);
        kept.delete(key);
        kept.set(key, page);
        if (kept.size > most) kept.delete(kept.keys().next().value ?? '');
        return page;
      });
      underway.set(key, work);
      try {
        return await work;
      } finally {
        underway.delete(key);
      }
    },
  };
};
export type PageCache = ReturnType<typeof createPageCache>;
