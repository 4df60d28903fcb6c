import { composeUscc, organisationCheck, USCC_ALPHABET } from '@zhengwu/ids';
import type { Database } from '@zhengwu/database';
import { nextBodyNumbers } from './store.ts';

const block = 32;

const bodyOf = (number: number): string => {
  let rest = number;
  let text = '';
  for (let i = 0; i < 6; i += 1) {
    text = USCC_ALPHABET.charAt(rest % USCC_ALPHABET.length) + text;
    rest = Math.floor(rest / USCC_ALPHABET.length);
  }
  return `MA${text}`;
};

/** Composes the code of an enterprise (91) from a running body number. */
export const usccOf = (division: string, number: number): string => {
  const body = bodyOf(number);
  return composeUscc({ registrar: '9', kind: '1', division, organisation: body + organisationCheck(body) });
};

/** Gives codes from blocks taken ahead, so that giving one needs no round trip; a restart skips what was not given. */
export const openUsccSeries = async (database: Database): Promise<(division: string) => string> => {
  const take = (): Promise<number> => database.as(database.system, nextBodyNumbers);
  const numbers: number[] = [];
  const add = (first: number): void => void numbers.push(...Array.from({ length: block }, (_, i) => first + i));
  add(await take());
  add(await take());
  let refilling: Promise<void> | undefined;
  return (division) => {
    const number = numbers.shift();
    if (numbers.length < block && !refilling) {
      refilling = take().then(add, () => undefined).finally(() => {
        refilling = undefined;
      });
    }
    if (number === undefined) throw new Error('no unified social credit code at hand; the database gave no new block');
    return usccOf(division, number);
  };
};
