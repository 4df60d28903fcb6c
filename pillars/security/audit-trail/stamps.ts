import { X509Certificate } from 'node:crypto';
import { Certificate, ContentInfo, SignedData, TSTInfo } from 'pkijs';
import { digestOf } from './export.ts';
import { useStampEngine } from './stamp-engine.ts';

export interface StampFinding {
  code: 'stamp-forged' | 'stamp-missing';
  /** Number of the head, from 1. */
  at: number;
}

const bytes = (buffer: Buffer): ArrayBuffer => new Uint8Array(buffer).buffer;

/** The certificates of a PEM text. */
const chainIn = (pem: string): Certificate[] =>
  (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map((one) => Certificate.fromBER(bytes(new X509Certificate(one).raw)));

/** Whether a token (RFC 3161 §2.4.2) is over `head`, and signed under one of these certificates at the time that it names. */
export const isStampOf = async (token: Buffer, head: string, trusted: Certificate[]): Promise<boolean> => {
  try {
    const signed = new SignedData({ schema: ContentInfo.fromBER(bytes(token)).content as never });
    const content = signed.encapContentInfo.eContent;
    if (!content) return false;
    const { genTime, messageImprint } = TSTInfo.fromBER(content.getValue());
    if (!Buffer.from(messageImprint.hashedMessage.valueBlock.valueHexView).equals(digestOf(head))) return false;
    return await signed.verify({ signer: 0, data: bytes(Buffer.from(head)), trustedCerts: trusted, checkChain: true, checkDate: genTime });
  } catch {
    return false;
  }
};

/** Judges the time-stamps of an export against the chain of the authority. A stamped head that a later export lacks the stamp of is missing one. */
export const checkStamps = async (heads: string, stamps: string, tsa: string): Promise<{ findings: StampFinding[]; count: number }> => {
  useStampEngine();
  const trusted = chainIn(tsa);
  const tokens = new Map(stamps.split('\n').filter((line) => line !== '').map((line) => {
    const { head, token } = JSON.parse(line) as { head: string; token: string };
    return [head, Buffer.from(token, 'base64')];
  }));
  const findings: StampFinding[] = [];
  let count = 0;
  let begun = false;
  for (const [index, head] of heads.split('\n').filter((line) => line !== '').entries()) {
    const token = tokens.get(digestOf(head).toString('hex'));
    // From the first stamped head on, each has one: a site does not lose its authority unseen.
    if (!token) {
      if (begun) findings.push({ code: 'stamp-missing', at: index + 1 });
      continue;
    }
    begun = true;
    if (await isStampOf(token, head, trusted)) count += 1;
    else findings.push({ code: 'stamp-forged', at: index + 1 });
  }
  if (tokens.size === 0) findings.push({ code: 'stamp-missing', at: 0 });
  return { findings, count };
};
