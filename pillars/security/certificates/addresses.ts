import type { Site } from '@zhengwu/module';

/** The addresses that certificates of this site name: revocation list, OCSP, certificate of the issuer. */
export const addressesOf = ({ config }: Pick<Site, 'config'>) => {
  const { pki } = config.origins;
  return { revocationList: `${pki}/pki/issuing.crl`, status: `${pki}/pki/ocsp`, issuerCertificate: `${pki}/pki/issuing.crt` };
};
