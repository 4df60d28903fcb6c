import type { ReorganisationStep, Text } from '@zhengwu/contracts';
import type { Word } from '../../words/words.ts';

type Speak = (word: Word, params?: Record<string, string | number>) => string;

/** One step in words. */
export const stepWords = (step: ReorganisationStep, nameOf: (id: number) => string, say: (text: Text | undefined) => string, t: Speak): string => {
  if (step.kind === 'merge') return t('reorg.mergeWords', { from: step.from.map(nameOf).join('、'), into: nameOf(step.into) });
  if (step.kind === 'split') return t('reorg.splitWords', { from: nameOf(step.from), into: step.into.map((part) => `${say(part.name)}（${part.code}）`).join('、') });
  if (step.kind === 'rename') return t('reorg.renameWords', { department: nameOf(step.department), name: say(step.name) });
  const parents = [['reorg.region', step.regionParent], ['reorg.line', step.lineParent]] as const;
  const to = parents.flatMap(([word, id]) => (id === undefined ? [] : [`${t(word)} ${id === null ? '—' : nameOf(id)}`])).join('；');
  return t('reorg.moveWords', { department: nameOf(step.department), to });
};
