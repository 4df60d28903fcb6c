/** A code as typed into one field: six digits of an authenticator, else a recovery code; null for neither. */
export const typedCode = (given: string | null): { code: string } | { recoveryCode: string } | null => {
  const bare = (given ?? '').normalize('NFKC').replace(/\s/g, '');
  if (/^\d{6}$/.test(bare)) return { code: bare };
  return bare.length >= 8 && bare.length <= 40 ? { recoveryCode: bare } : null;
};
