import type { KnownPerson } from './store.ts';

/** What an application may ask for, and what each brings. */
export const SCOPES = ['openid', 'profile', 'org', 'roles'] as const;
export type Scope = (typeof SCOPES)[number];
export const CLAIMS: Record<string, string[] | null> = { openid: ['sub', 'acr', 'amr', 'auth_time'], profile: ['name', 'preferred_username'], org: ['departments', 'posts'], roles: ['roles'], iss: null, sid: null };

const distinct = <T>(values: readonly T[], keyOf: (value: T) => string): T[] => [...new Map(values.map((value) => [keyOf(value), value])).values()];

/** All that may be said of an official; which of it is said, the scopes decide. Never a number of theirs. */
export const claimsOf = ({ name, username, posts }: KnownPerson): Record<string, unknown> => ({
  name,
  preferred_username: username,
  departments: distinct(posts.map(({ department, departmentName }) => ({ code: department, name: departmentName })), (one) => one.code),
  posts: posts.map((post) => ({ code: post.code, name: post.name, department: post.department })),
  roles: distinct(posts.flatMap((post) => post.roles), (one) => one),
});

/** Level of assurance as it is said in `acr`. */
export const acrOf = (level: number): string => `urn:zhengwu:assurance:${level}`;
export const ACRS = [1, 2, 3].map(acrOf);
/** The highest level among those asked for; 0 when none of them is ours. */
export const levelIn = (acrs: string | undefined): number => Math.max(0, ...(acrs ?? '').split(' ').map((one) => ACRS.indexOf(one) + 1));

/** How the session was proved, in the words of RFC 8176. */
export const amrOf = (means: string): string[] => {
  if (means.includes('certificate')) return ['sc'];
  if (means.includes('passkey')) return ['hwk', 'user'];
  return means.includes('code') ? ['pwd', 'otp', 'mfa'] : ['pwd'];
};
