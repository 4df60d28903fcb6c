import { key } from '@zhengwu/module';
import type { Text } from '@zhengwu/contracts';

export type News = { id: string; title: Text; body: Text; at: string; kind: 'news' | 'notice' };
export type DemoAccount = { account: string; password: string; who: Text; for: 'portal' | 'console' };

/** What a demonstration adds to the site's own page of facts. */
export interface Shown {
  news: News[];
  accounts: DemoAccount[];
  /** What the site is called, where it is not the government centre. */
  place: { name: Text; city: Text } | null;
}

export const Shown = key<Shown>('about.shown');
