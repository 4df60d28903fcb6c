import { X509Certificate } from 'node:crypto';

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Why browsers would not trust a chain (PEM, leaf first) by `roots`, the authorities that they know; null when they would (OWASP ASVS 5.0 V12.2.2). */
export const whyNotPublic = (pem: string, roots: readonly string[], now: Date): string | null => {
  const chain = (pem.match(BLOCK) ?? []).map((block) => new X509Certificate(block));
  const last = chain.at(-1);
  if (last === undefined) return 'no certificate';
  const late = chain.find((one) => Date.parse(one.validTo) < now.getTime() || Date.parse(one.validFrom) > now.getTime());
  if (late !== undefined) return `not valid now: ${late.subject.replaceAll('\n', ', ')}`;
  const broken = chain.find((one, at) => at > 0 && !(chain[at - 1] as X509Certificate).verify(one.publicKey));
  if (broken !== undefined) return `the chain breaks at ${broken.subject.replaceAll('\n', ', ')}`;
  const isKnown = roots.some((root) => {
    const known = new X509Certificate(root);
    return known.fingerprint256 === last.fingerprint256 || (last.checkIssued(known) && last.verify(known.publicKey));
  });
  return isKnown ? null : `no public authority: ${last.issuer.replaceAll('\n', ', ')}`;
};
