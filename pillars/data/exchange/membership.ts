import { createPublicKey, type KeyObject } from 'node:crypto';
import { readJws, signJwsWith, type SigningKey } from '@zhengwu/crypto';
import { compileSchema } from '@zhengwu/http';
import { Type, type Static } from 'typebox';
import { fail } from './errors.ts';

const Name = Type.String({ minLength: 1, maxLength: 300 });
const Pem = Type.String({ minLength: 50, maxLength: 20_000 });
const Fingerprint = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** An authority whose certificates count in the federation. */
const TrustedAuthority = Type.Object({
  /** SHA-256 of its issuing certificate. */
  id: Fingerprint,
  name: Name,
  /** Its issuing certificate, then those above. */
  chain: Pem,
  /** Where its revocation list (DER) is; null: it publishes none. */
  revocations: Type.Union([Type.String({ maxLength: 500, pattern: '^https?://' }), Type.Null()]),
});

/** A node. */
const Server = Type.Object({
  /** INSTANCE/CLASS/MEMBER/CODE: its owner and its own code. */
  id: Name,
  /** Where other nodes reach it: https://host:port. */
  address: Type.String({ maxLength: 300, pattern: '^https://[^/]+$' }),
  tls: Type.Object({
    /** What its listener's certificate must chain to, PEM. */
    ca: Pem,
    /** The certificate with which it calls other nodes. */
    certificate: Fingerprint,
  }),
  /** Subsystems that it serves, as INSTANCE/CLASS/MEMBER/SUBSYSTEM. */
  subsystems: Type.Array(Name, { maxItems: 1000 }),
  /** With what messages of a member are signed here. */
  signing: Type.Array(Type.Object({ member: Name, certificate: Pem }), { maxItems: 100 }),
});

const Membership = Type.Object({
  instance: Name,
  /** Grows by each change; a node never goes back. */
  version: Type.Integer({ minimum: 1 }),
  issuedAt: Type.String({ format: 'date-time' }),
  expiresAt: Type.String({ format: 'date-time' }),
  members: Type.Array(Type.Object({ id: Name, name: Name, subsystems: Type.Array(Name, { maxItems: 1000 }) }), { maxItems: 10_000 }),
  servers: Type.Array(Server, { maxItems: 10_000 }),
  groups: Type.Array(Type.Object({ code: Name, name: Name, members: Type.Array(Name, { maxItems: 10_000 }) }), { maxItems: 1000 }),
  authorities: Type.Array(TrustedAuthority, { maxItems: 1000 }),
});

/** Who belongs to a federation, where each is, and by what each is known: the one thing that all nodes of it share. */
export type Membership = Static<typeof Membership>;
export type MemberServer = Membership['servers'][number];
export type TrustedAuthority = Membership['authorities'][number];

/** What a site says of its node, for the authority of the federation to take up. */
export interface ServerEntry {
  instance: string;
  member: { id: string; name: string };
  server: MemberServer;
  authorities: TrustedAuthority[];
}

export const MEMBERSHIP_TYPE = 'zhengwu-membership+jwt';
export const FEDERATION_PURPOSE = 'federation';
const check = compileSchema(Membership);
const checkEntry = compileSchema(Type.Object({ instance: Name, member: Type.Object({ id: Name, name: Name }), server: Server, authorities: Type.Array(TrustedAuthority, { maxItems: 10 }) }));

/** Checks what somebody hands in as the entry of a server. Throws `exchange.entry-invalid`. */
export const readEntry = (value: unknown): ServerEntry => {
  const [issue] = checkEntry(value);
  if (issue) throw fail('exchange.entry-invalid', { place: issue.path });
  return value as ServerEntry;
};

export interface Composing {
  instance: string;
  entries: readonly ServerEntry[];
  groups?: Membership['groups'];
  /** The document that this one follows; its version grows by one. */
  before?: Membership;
  now: Date;
  days: number;
}

const mergedMembers = (entries: readonly ServerEntry[]): Membership['members'] => {
  const members = new Map<string, Membership['members'][number]>();
  for (const { member, server } of entries) {
    const known = members.get(member.id) ?? { ...member, subsystems: [] };
    members.set(member.id, { ...known, subsystems: [...new Set([...known.subsystems, ...server.subsystems.filter((one) => one.startsWith(`${member.id}/`))])].toSorted() });
  }
  return [...members.values()];
};

/** A membership document of these servers. Throws `exchange.entry-invalid` for one of another instance. */
export const composeMembership = ({ instance, entries, groups = [], before, now, days }: Composing): Membership => {
  for (const { server, instance: of } of entries) if (of !== instance) throw fail('exchange.entry-invalid', { place: server.id });
  return {
    instance, version: (before?.version ?? 0) + 1, issuedAt: now.toISOString(), expiresAt: new Date(now.getTime() + days * 86_400_000).toISOString(),
    members: mergedMembers(entries), servers: entries.map(({ server }) => server), groups: groups.length > 0 ? groups : (before?.groups ?? []),
    authorities: [...new Map(entries.flatMap(({ authorities }) => authorities).map((one) => [one.id, one])).values()],
  };
};

/** The document as a compact JWS (RFC 7515) by the federation's key. */
export const signMembership = (key: SigningKey, document: Membership): Promise<string> => signJwsWith(key, document, MEMBERSHIP_TYPE);

/** Public keys out of a file: PEM blocks one after another, so that the next key is known before the last is dropped. */
export const readAnchors = (text: string): KeyObject[] => (text.match(/-----BEGIN (?:PUBLIC KEY|CERTIFICATE)-----[^-]+-----END [A-Z ]+-----/g) ?? []).map((pem) => createPublicKey(pem));

/** The document in a JWS that one of these keys signed. Throws `exchange.membership-refused`; dates and versions are the caller's to judge. */
export const readMembership = (jws: string, anchors: readonly KeyObject[]): Membership => {
  for (const anchor of anchors) {
    const found = readJws(anchor, jws.trim());
    if (!found) continue;
    if (found.type !== MEMBERSHIP_TYPE || check(found.payload).length > 0) throw fail('exchange.membership-refused', { reason: 'form' });
    return found.payload as Membership;
  }
  throw fail('exchange.membership-refused', { reason: 'signature' });
};

/** Whether a document may follow the one that is held: of the same instance, newer, not over. Throws `exchange.membership-refused`. */
export const checkSuccession = (next: Membership, held: Membership | undefined, instance: string, now: Date): void => {
  if (next.instance !== instance) throw fail('exchange.membership-refused', { reason: 'instance' });
  if (held && next.version < held.version) throw fail('exchange.membership-refused', { reason: 'version' });
  if (held && next.version === held.version && JSON.stringify(next) !== JSON.stringify(held)) throw fail('exchange.membership-refused', { reason: 'twin' });
  if (new Date(next.expiresAt) <= now) throw fail('exchange.membership-refused', { reason: 'expiry' });
};
