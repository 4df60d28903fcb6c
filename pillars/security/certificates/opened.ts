import { X509Certificate } from '@peculiar/x509';
import { openSigningKeys, suiteNamed, type KeyStore } from '@zhengwu/crypto';
import { key, type Site } from '@zhengwu/module';
import { beginDemoAuthority, openIssuer, type Issuer } from './authority.ts';
import { fail } from './errors.ts';
import { chainFileOf, KEYS, readChain, writeChain, type Chain } from './place.ts';
import { openServices, type Service, type ServicePurpose } from './services.ts';
import { suiteOfCertificate, suiteSigning } from './suites.ts';

const DEMO_NAME = '云川市 Yunchuan';

/** An authority that can sign. */
export interface Opened {
  issuer: Issuer;
  chain: Chain;
  keys: KeyStore;
  /** The key and certificate of one of its own services; made when it is first needed and again before it ends. */
  service(purpose: ServicePurpose): Promise<Service>;
}

/** The authority of this site, opened when it is first asked for. */
export interface Signing {
  /** Throws `certificate.no-authority` while the site has none; looks again the next time. */
  open(): Promise<Opened>;
}

export const Signing = key<Signing>('certificates.signing');

/** Nothing is opened here: a demonstration makes its authority at first need, any other site gets one by `ca init`. */
export const openSigning = (site: Site): Signing => {
  const file = chainFileOf(site.config);
  const opening = async (): Promise<Opened> => {
    const known = await readChain(file);
    if (!known && !site.config.demo) throw fail('certificate.no-authority');
    // An authority stays of the suite that it began with, whatever is set later.
    const { crypto } = known ? suiteOfCertificate(new X509Certificate(known.issuing)) : suiteSigning(suiteNamed(site.config.cryptoSuite).signatureAlgorithm);
    const keys = await openSigningKeys(site.config, KEYS, crypto);
    const chain = known ?? (await beginDemoAuthority(DEMO_NAME, keys, site.clock.now()));
    if (!known) await writeChain(file, chain);
    const issuer = await openIssuer(keys, chain.issuing);
    return { issuer, chain, keys, service: openServices(site, keys, issuer) };
  };
  let opened: Promise<Opened> | undefined;
  return {
    open: () => {
      opened ??= opening().catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      return opened;
    },
  };
};
