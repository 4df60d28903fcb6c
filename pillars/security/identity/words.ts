/** Name of the site in people's authenticators and passkeys. */
export const ISSUER = '政务 Zhengwu';
