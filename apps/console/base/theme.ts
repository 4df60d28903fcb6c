import { antTheme } from '@zhengwu/ui';

/** The theme of the build and of the browser: same class and variable names in both, so that no style is made at run time; nothing moves. */
export const theme = { ...antTheme, token: { ...antTheme.token, motion: false }, hashed: false, cssVar: { key: 'zw' } };
