import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import { issueOn } from './issue-on.ts';
import { mintSerial } from './keys.ts';
import { issueListenerCertificate } from './listener.ts';
import type { Authority, DirectOrder, TimeStamps } from './offers.ts';
import { Signing } from './opened.ts';
import type { Holder } from './profiles.ts';
import { readRequest } from './request.ts';
import type { RequestRow } from './rows.ts';
import { changeStanding } from './standing.ts';
import * as store from './store.ts';
import { noteStamp, standings } from './store-published.ts';
import { makeToken, SHA256, type Imprint } from './time-stamp.ts';
import { onFile } from './views.ts';

const named = (holder: Holder): Pick<RequestRow, 'profile' | 'name' | 'identifier' | 'pseudonym' | 'institution' | 'device'> => {
  const { kind: profile, name } = holder;
  if (holder.kind === 'person') return { profile, name, identifier: '', pseudonym: holder.pseudonym, institution: null, device: null };
  if (holder.kind === 'institution') return { profile, name, identifier: holder.uscc, pseudonym: null, institution: null, device: null };
  return { profile, name, identifier: holder.uscc, pseudonym: null, institution: holder.institution, device: holder.deviceId };
};

/** A request that another module approved by its own rules. */
const directRow = ({ holder, request, person, renews }: DirectOrder, by: string, at: Date): RequestRow => ({
  ...named(holder), id: uuidv7(), person: person ?? null, requester: null, requester_name: by, department: null, requested_at: at, csr: request, csr_subject: null, renews: renews ?? null,
  state: 'approved', decided_by: null, decided_by_name: by, decided_at: at, reason: null,
});

/** What other modules may do with the authority. */
export const openAuthority = (site: Site): Authority => ({
  chain: async () => {
    const { chain } = await site.use(Signing).open();
    return chain.issuing + chain.root;
  },
  namesIn: async (request) => (await readRequest(request, (await site.use(Signing).open()).issuer.suite)).subjectName.toJSON(),
  issueFor: async (tx, who, order) => {
    const now = site.clock.now();
    const row = directRow(order, who.name ?? who.kind, now);
    if (!(await store.insertRequest(tx, row))) throw fail('certificate.renewing');
    const { serial } = await issueOn(site, tx, who, row, order.request);
    const made = await store.findListed(tx, 'serial', serial, now);
    const certificate = made ? onFile(made) : undefined;
    if (!certificate) throw new Error(`the certificate ${serial} was issued and is not there: issueFor needs a transaction as system`);
    return certificate;
  },
  forListener: async (hosts) => issueListenerCertificate((await site.use(Signing).open()).issuer, hosts, site.clock.now()),
  isRevoked: async (serial) => (await standings(site.database, [serial])).get(serial)?.state !== 'valid',
  find: async (serial) => {
    const row = await site.database.as(site.database.system, (tx) => store.findListed(tx, 'serial', serial, site.clock.now()), { readOnly: true });
    return (row ? onFile(row) : undefined) ?? null;
  },
  revoke: (tx, who, serial, reason) => changeStanding(site, tx, who, serial, { to: 'revoked', reason }),
});

/** Makes a token, its serial number and digest noted first. */
export const stampImprint = async (site: Site, imprint: Imprint): Promise<Buffer> => {
  const { issuer, service } = await site.use(Signing).open();
  // The certificate that stamps may be made only now: a stamp of before it would be judged forged.
  const stamping = await service('ca-tsa');
  const at = site.clock.now();
  const serial = mintSerial();
  const token = await makeToken(stamping, issuer.certificate, imprint, serial, at);
  await noteStamp(site.database, { serial, digest: imprint.digest, algorithm: imprint.algorithm, at });
  return token;
};

export const openTimeStamps = (site: Site): TimeStamps => ({
  stamp: async (digest) => {
    if (digest.length !== 32) throw new Error('a SHA-256 digest has 32 bytes');
    return stampImprint(site, { algorithm: SHA256, digest, withCertificates: true });
  },
});
