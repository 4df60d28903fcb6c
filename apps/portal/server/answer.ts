import type { ReactNode } from 'react';
import type { Visit } from './visit.ts';

export interface PageAnswer {
  kind: 'page';
  title: string;
  body: ReactNode;
  status?: number;
  hasError?: boolean;
  description?: string;
  column?: string;
  published?: string;
  /** The page belongs to an open case: whom it is for is shown and can't be switched. */
  fixedFor?: { name: string } | null;
  trail?: { href: string; name: string }[];
  query?: string;
  /** Adds the optional script. */
  script?: boolean;
  refresh?: string;
  robots?: string;
  /** Full-width page that places its own wraps. */
  wide?: boolean;
}
export interface GoAnswer {
  kind: 'go';
  to: string;
}
/** The handler has written the answer itself (files). */
export interface SentAnswer {
  kind: 'sent';
}
export type Answer = PageAnswer | GoAnswer | SentAnswer;

export const page = (title: string, body: ReactNode, more: Omit<PageAnswer, 'kind' | 'title' | 'body'> = {}): PageAnswer => ({ kind: 'page', title, body, ...more });
/** 303 to a page in the reader's language. */
export const go = (visit: Visit, path: string): GoAnswer => ({ kind: 'go', to: visit.to(path) });
/** 303 to an address as it is. */
export const goTo = (to: string): GoAnswer => ({ kind: 'go', to });
export const sent: SentAnswer = { kind: 'sent' };
