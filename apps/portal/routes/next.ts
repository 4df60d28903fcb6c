import { ownPath } from './open.ts';

/** Where to go after signing in: a path of our own, never back to signing in. */
export const nextOf = (given: string | null): string => {
  const path = ownPath(given);
  return path === '/' || path.startsWith('/sign-in') || path.startsWith('/register') || path.startsWith('/recover') ? '/my' : path;
};
