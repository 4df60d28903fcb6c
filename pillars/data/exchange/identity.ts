import 'reflect-metadata';
import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { CRLDistributionPointsExtension, X509Certificate as Certificate } from '@peculiar/x509';
import { Authority, requestFor } from '@zhengwu/certificates';
import { intl, openSigningKeys, suiteNamed, type KeyStore, type SigningKey } from '@zhengwu/crypto';
import { isZhengwuError } from '@zhengwu/errors';
import type { Database } from '@zhengwu/database';
import { composeUscc, organisationCheck } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import type { ServerEntry, TrustedAuthority } from './membership.ts';
import { nodeSettings, type NodeSettings } from './setup.ts';
import { readSigner, type SignerCertificate } from './signing.ts';
import * as store from './store.ts';

/** What this node proves itself with. */
export interface Identity {
  settings: NodeSettings;
  signing: { key: SigningKey; certificate: string; signer: SignerCertificate };
  /** For connections to other nodes; the certificate as PEM with its chain. */
  tls: { key: string; certificate: string; fingerprint: string };
  /** For the node's own listeners. */
  listener: { key: string; certificate: string };
  /** What the listener's certificate chains to. */
  ca: string;
  authority: TrustedAuthority;
}

const KEYS = 'exchange';
export const SIGNING = 'exchange-signing';
const TLS = 'exchange-tls';
const RENEW_BEFORE_MS = 30 * 86_400_000;
/** A credit code for a demonstration's members, of the demonstration's divisions (GB 32100). */
const DEMO_CODE = composeUscc({ registrar: '1', kind: '1', division: '990100', organisation: `00000000${organisationCheck('00000000')}` });

const fingerprintOf = (pem: string): string => createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');

export const openNodeKeys = (config: Site['config']): Promise<KeyStore> => openSigningKeys(config, KEYS, suiteNamed(config.cryptoSuite));

const isLasting = (pem: string, now: Date): boolean => new Date(new X509Certificate(pem).validTo).getTime() - now.getTime() > RENEW_BEFORE_MS;

/** The certificate of a key of this node: the one on file, or a new one of the site's own authority. */
const certified = async (site: Site, key: SigningKey, purpose: 'signing' | 'tls', settings: NodeSettings): Promise<string> => {
  const { database, clock } = site;
  const known = (await database.as(database.system, store.identities, { readOnly: true })).find((row) => row.purpose === purpose);
  if (known?.kid === key.kid && isLasting(known.certificate, clock.now())) return known.certificate;
  const request = await requestFor(key);
  const uscc = site.config.exchange.uscc ?? DEMO_CODE;
  const name = decodeURIComponent(settings.member.split('/').at(-1) as string);
  const holder = purpose === 'signing' ? { kind: 'institution', name, uscc } as const : { kind: 'device', name: settings.server, deviceId: `exchange-${createHash('sha256').update(settings.server).digest('hex').slice(0, 12)}`, institution: name, uscc } as const;
  return database.as(database.system, async (tx) => {
    const { certificate } = await site.use(Authority).issueFor(tx, { kind: 'system', name: 'exchange' }, { holder, request });
    await store.putIdentity(tx, { kid: key.kid, purpose, certificate });
    return certificate;
  });
};

const hostsOf = (address: string, host: string): string[] => {
  const named = new URL(address).hostname.replace(/^\[|\]$/g, '');
  return [...new Set([named, 'localhost', '127.0.0.1', ...(isIP(host) && !['0.0.0.0', '::'].includes(host) ? [host] : [])])];
};

const keyPem = (key: SigningKey): string => {
  if (!key.privateKey) throw new Error('the TLS key of the exchange lies in a file');
  return key.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
};

type Transport = Pick<Identity, 'tls' | 'listener' | 'ca'>;

/** TLS by files that the operator gives: one certificate for both directions, for instance where the authority is national and Node speaks no TLS with it. */
const fromFiles = async (certFile: string, keyFile: string, caFile: string | undefined): Promise<Transport> => {
  const [certificate, key, ca] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8'), readFile(caFile ?? certFile, 'utf8')]);
  return { tls: { key, certificate, fingerprint: fingerprintOf(certificate) }, listener: { key, certificate }, ca };
};

const fromAuthority = async (site: Site, settings: NodeSettings): Promise<Transport> => {
  const authority = site.use(Authority);
  const key = await (await openSigningKeys({ ...site.config, pkcs11: {} }, TLS, intl)).current(TLS);
  const [chain, listener] = [await authority.chain(), await authority.forListener(hostsOf(settings.address, site.config.host))];
  const certificate = await certified(site, key, 'tls', settings);
  return { tls: { key: keyPem(key), certificate: certificate + chain, fingerprint: fingerprintOf(certificate) }, listener, ca: chain };
};

const blocks = (pem: string): string[] => pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g) ?? [];

/** Where a certificate says that its revocation list is (RFC 5280 §4.2.1.13). */
const listOf = (pem: string): string | null => {
  const points = new Certificate(pem).getExtension(CRLDistributionPointsExtension)?.distributionPoints ?? [];
  return points.flatMap(({ distributionPoint }) => distributionPoint?.fullName ?? []).map((name) => name.uniformResourceIdentifier).find((uri) => uri?.startsWith('http')) ?? null;
};

const describe = (chain: string, revocations: string | null): TrustedAuthority => ({ id: fingerprintOf(chain), name: new X509Certificate(chain).subject.split('\n').at(-1)?.replace(/^CN=/, '').slice(0, 300) ?? '', chain, revocations });

/** Who certified the key that signs: the site's own authority, or the one whose certificates stand behind the one that was installed. */
const authorityOf = async (site: Site, certificate: string): Promise<TrustedAuthority> => {
  const [leaf, ...above] = blocks(certificate);
  if (leaf !== undefined && above.length > 0) return describe(above.join(''), listOf(leaf));
  return describe(await site.use(Authority).chain(), `${site.config.origins.pki}/pki/issuing.crl`);
};

/** A PKCS#10 request by the key that signs, for a node whose certificate another authority issues. */
export const signingRequest = async (config: Site['config']): Promise<string> => requestFor(await (await openNodeKeys(config)).current(SIGNING));

/** Takes a certificate that another authority issued for the key that signs, with those above it behind it (PEM). Throws `exchange.bad-certificate`. */
export const installCertificate = async (database: Database, config: Site['config'], pem: string): Promise<void> => {
  const key = await (await openNodeKeys(config)).current(SIGNING);
  const [leaf] = blocks(pem);
  if (leaf === undefined || !new X509Certificate(leaf).publicKey.export({ format: 'der', type: 'spki' }).equals(key.publicKey.export({ format: 'der', type: 'spki' }))) throw fail('exchange.bad-certificate');
  await database.as(database.system, (tx) => store.putIdentity(tx, { kid: key.kid, purpose: 'signing', certificate: blocks(pem).join('') }));
};

/** The keys and certificates of this site's node; undefined where it has none. They are made when they are first needed, by the site's own authority. */
export const openIdentity = async (site: Site): Promise<Identity | undefined> => {
  const settings = nodeSettings(site.config);
  if (!settings) return undefined;
  const { certFile, keyFile, caFile } = site.config.exchange.tls;
  const key = await (await openNodeKeys(site.config)).current(SIGNING);
  const certificate = await certified(site, key, 'signing', settings);
  const transport = certFile !== undefined && keyFile !== undefined ? await fromFiles(certFile, keyFile, caFile) : await fromAuthority(site, settings);
  return { settings, signing: { key, certificate, signer: readSigner(certificate) }, ...transport, authority: await authorityOf(site, certificate) };
};

/** Whether the error says that the site has no authority yet. */
export const isWithoutAuthority = (error: unknown): boolean => isZhengwuError(error) && (error.code === 'certificate.no-authority' || error.code === 'certificate.no-tls');

/** What the authority of the federation takes up of this node. */
export const entryOf = ({ settings, signing, tls, ca, authority }: Identity, subsystems: readonly string[], name: string): ServerEntry => ({
  instance: settings.instance,
  member: { id: settings.member, name },
  server: { id: settings.server, address: settings.address, tls: { ca, certificate: tls.fingerprint }, subsystems: [...subsystems], signing: [{ member: settings.member, certificate: signing.certificate }] },
  authorities: [authority],
});
