import { createHash, createPublicKey, webcrypto } from 'node:crypto';
import { gm } from '@zhengwu/crypto';
import * as asn1js from 'asn1js';
import { CryptoEngine, setEngine, type PublicKeyInfo } from 'pkijs';

/** SM3 and SM2 with SM3 (GM/T 0006-2012). */
const [SM3, SM2_SM3] = ['1.2.156.10197.1.401', '1.2.156.10197.1.501'];

const bytesOf = (source: BufferSource): Buffer => (ArrayBuffer.isView(source) ? Buffer.from(source.buffer, source.byteOffset, source.byteLength) : Buffer.from(source));

/** The two halves of SEQUENCE { r INTEGER, s INTEGER }, 32 bytes each; empty for anything else, which verifies nothing. */
const rawSignature = (der: Uint8Array): Buffer => {
  const { result } = asn1js.fromBER(new Uint8Array(der).buffer);
  const halves = result instanceof asn1js.Sequence ? result.valueBlock.value.map((half) => (half instanceof asn1js.Integer ? Buffer.from(half.valueBlock.valueHexView) : Buffer.alloc(0))) : [];
  if (halves.length !== 2) return Buffer.alloc(0);
  return Buffer.concat(halves.map((half) => Buffer.concat([Buffer.alloc(32), half]).subarray(-32)));
};

/** Judges what common suites signed, and SM2 with SM3 beside. */
class StampEngine extends CryptoEngine {
  override getAlgorithmByOID<T extends Algorithm = Algorithm>(oid: string, safety?: boolean, target?: string): T | object {
    return oid === SM3 ? { name: 'SM3' } : oid === SM2_SM3 ? { name: 'SM2' } : super.getAlgorithmByOID<T>(oid, safety as true, target);
  }
  override async digest(algorithm: AlgorithmIdentifier, content: BufferSource): Promise<ArrayBuffer> {
    const name = typeof algorithm === 'string' ? algorithm : algorithm.name;
    return name === 'SM3' ? new Uint8Array(createHash('sm3').update(bytesOf(content)).digest()).buffer : super.digest(algorithm, content);
  }
  override async verifyWithPublicKey(...given: Parameters<CryptoEngine['verifyWithPublicKey']>): Promise<boolean> {
    const [content, signature, info, algorithm] = given;
    return algorithm.algorithmId === SM2_SM3 ? isSignedOnSm2(bytesOf(content), signature, info) : super.verifyWithPublicKey(...given);
  }
}

const isSignedOnSm2 = (content: Buffer, signature: asn1js.BitString | asn1js.OctetString, info: PublicKeyInfo): boolean => {
  const key = createPublicKey({ key: Buffer.from(info.toSchema().toBER()), format: 'der', type: 'spki' });
  return gm.verify(key, content, { algorithm: gm.signatureAlgorithm, value: rawSignature(signature.valueBlock.valueHexView) });
};

/** Makes pkijs judge by it. */
export const useStampEngine = (): void => setEngine('zhengwu-stamps', new StampEngine({ name: 'zhengwu-stamps', crypto: webcrypto as never }));
