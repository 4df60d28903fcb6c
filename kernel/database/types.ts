import pg from 'pg';

const { builtins } = pg.types;
const int8Array = 1016;
const dateArray = 1182;

const toNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a number: cast it to text in the query`);
  return value;
};

const toText = (text: string): string => text;
const textArray = 1009;
const texts = pg.types.getTypeParser(textArray as number) as (text: string) => string[];

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.INT8, toNumber],
  [int8Array, (text) => texts(text).map(toNumber)],
  [builtins.DATE, toText],
  [dateArray, texts],
]);

/** How columns become values: bigint a number (an unsafe one throws), date its text, the rest as `pg` does. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) || pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
};
