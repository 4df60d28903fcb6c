import type { Files } from '@zhengwu/files';
import type { CaseWhole } from './case-view.ts';

/** A page of a case with those materials marked whose files still wait for the malware scanner. */
export const withChecking = async <M extends { id: string }, D extends { materials: M[] }>(files: Files, whole: Pick<CaseWhole, 'materials'>, detail: D): Promise<D> => {
  const hashOf = new Map(whole.materials.flatMap((one) => (one.file_hash === null ? [] : [[one.id, one.file_hash] as const])));
  const held = await files.held([...hashOf.values()]);
  return held.size === 0 ? detail : { ...detail, materials: detail.materials.map((one) => (held.has(hashOf.get(one.id) ?? '') ? { ...one, isChecking: true } : one)) };
};
