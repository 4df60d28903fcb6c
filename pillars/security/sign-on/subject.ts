import { createHmacSigner } from '@zhengwu/crypto';

/** Whom a token stands for, inside: the account, and the session of the console that it was got by. */
export interface Subject {
  account: string;
  session: string;
}

const UUID = '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}';
const FORM = new RegExp(`^(${UUID})\\.(${UUID})$`);

export const subjectText = ({ account, session }: Subject): string => `${account}.${session}`;
export const subjectOf = (text: string | undefined): Subject | undefined => {
  const [, account, session] = FORM.exec(text ?? '') ?? [];
  return account !== undefined && session !== undefined ? { account, session } : undefined;
};

/** The name of an account that one application knows and no other: what two of them know of a person cannot be put together (OIDC Core §8.1). */
export const pairwise = (secret: string): ((account: string, clientId: string) => string) => {
  const signer = createHmacSigner(secret, 'sign-on-subject');
  return (account, clientId) => signer.sign(account, clientId).replace(/^[^:]*:/, '');
};
