import type { Text } from '@zhengwu/contracts';
import { checkNames } from '../checks.ts';
import { registerOf } from '../registers/all.ts';
import { evidence } from './evidence.ts';

/** What a piece of evidence is called: a register and a check by their names, a test by its own, the rest by their place. */
export const titleOf = (code: string): Text => {
  const { kind, place, name } = evidence[code] ?? { kind: 'document', place: code, name: '' };
  const words = name === '' ? place : name;
  const named = kind === 'register' ? registerOf(place)?.name : kind === 'check' ? checkNames.get(place) : undefined;
  return named ?? { zh: words, en: words };
};
