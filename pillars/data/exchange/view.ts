import { X509Certificate } from 'node:crypto';
import { readSigner, type SignerCertificate } from './signing.ts';
import type { Membership, MemberServer, TrustedAuthority } from './membership.ts';

/** A server of the federation with its certificates read. */
export interface Peer extends MemberServer {
  /** By fingerprint, for messages of these members. */
  signers: ReadonlyMap<string, { member: string; signer: SignerCertificate; pem: string; chain: string }>;
}

/** A membership document, indexed for the questions that each message asks. */
export interface View {
  document: Membership;
  expiresAt: number;
  server(id: string): Peer | undefined;
  byCertificate(fingerprint: string): Peer | undefined;
  /** Servers of a subsystem, in the order of the document. */
  serversOf(subsystem: string): readonly Peer[];
  isKnown(client: string): boolean;
  /** Codes of the groups that a client is in. */
  groupsOf(client: string): ReadonlySet<string>;
  authorities: readonly TrustedAuthority[];
}

/** Certificates of whoever issued this one, by name and key id; whether the signature holds is judged when it is used. */
const chainOf = (pem: string, authorities: readonly TrustedAuthority[]): string => authorities.find(({ chain }) => new X509Certificate(pem).checkIssued(new X509Certificate(chain)))?.chain ?? '';

const peerOf = (server: MemberServer, authorities: readonly TrustedAuthority[]): Peer => ({
  ...server,
  signers: new Map(server.signing.map(({ member, certificate }) => {
    const signer = readSigner(certificate);
    return [signer.fingerprint, { member, signer, pem: certificate, chain: chainOf(certificate, authorities) }];
  })),
});

export const viewOf = (document: Membership): View => {
  const peers = document.servers.map((server) => peerOf(server, document.authorities));
  const [byId, byCertificate] = [new Map(peers.map((peer) => [peer.id, peer])), new Map(peers.map((peer) => [peer.tls.certificate, peer]))];
  const bySubsystem = Map.groupBy(peers.flatMap((peer) => peer.subsystems.map((subsystem) => ({ subsystem, peer }))), ({ subsystem }) => subsystem);
  const known = new Set(document.members.flatMap(({ id, subsystems }) => [id, ...subsystems]));
  const groups = new Map<string, Set<string>>();
  for (const { code, members } of document.groups) for (const member of members) groups.set(member, (groups.get(member) ?? new Set()).add(code));
  return {
    document, expiresAt: Date.parse(document.expiresAt), authorities: document.authorities,
    server: (id) => byId.get(id), byCertificate: (fingerprint) => byCertificate.get(fingerprint),
    serversOf: (subsystem) => bySubsystem.get(subsystem)?.map(({ peer }) => peer) ?? [],
    isKnown: (client) => known.has(client),
    groupsOf: (client) => groups.get(client) ?? new Set(),
  };
};
