import { createHmacSigner } from '@zhengwu/crypto';

export const PORTAL_HEADER = 'x-zhengwu-portal';
export const CITIZEN_HEADER = 'x-zhengwu-citizen';
export const BEHALF_HEADER = 'x-zhengwu-on-behalf-of';
export const ADDRESS_HEADER = 'x-zhengwu-address';

export interface Signed {
  method: string;
  path: string;
  address: string;
  citizen: string | null;
  behalf: string | null;
  at: number;
}

/**
 * The portal's credential for one request: `<unix seconds>.<mac>`, the mac over time, method, path with query, client address, citizen token and
 * principal, so that none of them can be exchanged on the way. The site checks it with the same signer and purpose.
 */
export const portalSigner = (secret: string): ((signed: Signed) => string) => {
  const signer = createHmacSigner(secret, 'portal-credential');
  return ({ method, path, address, citizen, behalf, at }) => {
    const seconds = String(Math.floor(at / 1000));
    return `${seconds}.${signer.sign(seconds, method, path, address, citizen ?? '', behalf ?? '')}`;
  };
};
