import type { Value } from './feel/values.ts';

/**
 * Money in decisions is integer fen: declare such outputs `integer`, which turns fractions into a warning and null.
 * FEEL numbers here are binary doubles, exact for integers up to 2^53; multiply rates last and round with `round half up(…, 0)`.
 */
export const isFen = (value: Value): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
