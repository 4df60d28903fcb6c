/** Name of the site in people's authenticators and passkeys. */
export const ISSUER = '政务 Zhengwu';
/** Begins the means of sessions whose holder proved themselves at a source outside; its code follows. */
export const OUTSIDE = 'outside:';
