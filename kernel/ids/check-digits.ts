/** Check characters of ISO/IEC 7064, hybrid systems: they detect every single substitution. */

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const hybrid = (body: string, alphabet: string): string => {
  const size = alphabet.length;
  let product = size;
  for (const character of body) {
    const value = alphabet.indexOf(character);
    if (value < 0) throw new RangeError(`check character: ${JSON.stringify(character)} is not in the alphabet`);
    product = (((product + value) % size || size) * 2) % (size + 1);
  }
  return alphabet.charAt((size + 1 - product) % size);
};

/** MOD 11,10: one digit over digits. Throws RangeError on anything but digits. */
export const mod1110 = (digits: string): string => hybrid(digits, '0123456789');

/** MOD 37,36: one character over 0-9A-Z. Throws RangeError on anything else. */
export const mod3736 = (text: string): string => hybrid(text, ALPHANUMERIC);

/** Sum of each character's value times its weight. */
export const weightedSum = (text: string, alphabet: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * alphabet.indexOf(text.charAt(i)), 0);
