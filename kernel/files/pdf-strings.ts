/** What the codes of a font mean: code → text, with the number of bytes that a code has. */
export interface CharacterMap {
  bytes: number;
  text: Map<number, string>;
}

/** A range says of so many codes what they are; more is no font's. */
const LONGEST_RANGE = 65_536;
const MOST_CODES = 200_000;

const wide = (hex: string): string => {
  const bytes = Buffer.from(hex.length % 4 === 0 ? hex : hex.padStart(Math.ceil(hex.length / 4) * 4, '0'), 'hex');
  return bytes.swap16().toString('utf16le');
};
const next = (text: string, by: number): string => text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + by);

const blocksOf = (source: string, name: string): string[] => source.split(`begin${name}`).slice(1, 2000).map((block) => block.slice(0, block.indexOf(`end${name}`) >>> 0));

/** Reads a ToUnicode map (ISO 32000-1 §9.10.3; Adobe 5014). */
export const readCharacterMap = (source: string): CharacterMap => {
  const text = new Map<number, string>();
  const bytes = Math.max(1, Math.min(4, Math.ceil((/begincodespacerange\s*<([0-9A-Fa-f]+)>/.exec(source)?.[1]?.length ?? 4) / 2)));
  const put = (code: number, value: string): void => {
    if (text.size < MOST_CODES) text.set(code, value);
  };
  for (const block of blocksOf(source, 'bfchar')) {
    for (const [, code, value] of block.matchAll(/<([0-9A-Fa-f]{1,8})>\s*<([0-9A-Fa-f]{1,64})>/g)) put(parseInt(code as string, 16), wide(value as string));
  }
  for (const block of blocksOf(source, 'bfrange')) {
    for (const [, low, high, value, list] of block.matchAll(/<([0-9A-Fa-f]{1,8})>\s*<([0-9A-Fa-f]{1,8})>\s*(?:<([0-9A-Fa-f]{1,64})>|\[([^\]]*)\])/g)) {
      const from = parseInt(low as string, 16);
      const named = list === undefined ? undefined : [...list.matchAll(/<([0-9A-Fa-f]{1,64})>/g)].map(([, one]) => wide(one as string));
      for (let code = from; code <= Math.min(parseInt(high as string, 16), from + LONGEST_RANGE); code++) put(code, named ? (named[code - from] ?? '') : next(wide(value as string), code - from));
    }
  }
  return { bytes, text };
};

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
const plain = (literal: string): string => literal.replaceAll(/\\(?:([0-7]{1,3})|(\r\n|[^]))/g, (_, octal: string | undefined, one: string) => (octal === undefined ? (/[\r\n]/.test(one) ? '' : (ESCAPES[one] ?? one)) : String.fromCharCode(parseInt(octal, 8) & 255)));
const fromHex = (digits: string): string => {
  const clean = digits.replaceAll(/\s/g, '');
  return Buffer.from(clean.length % 2 === 0 ? clean : `${clean}0`, 'hex').toString('latin1');
};

/** Codes as their font means them; a font that says nothing is read as it stands. */
const decode = (raw: string, map: CharacterMap | undefined): string => {
  if (!map) return raw;
  let shown = '';
  for (let at = 0; at + map.bytes <= raw.length; at += map.bytes) {
    let code = 0;
    for (let i = 0; i < map.bytes; i++) code = code * 256 + raw.charCodeAt(at + i);
    shown += map.text.get(code) ?? '';
  }
  return shown;
};

/** A string of at most 32 KiB (longer ones are no text), a font's name before Tf, or an operator that ends a line. */
const TOKENS = /\(((?:[^()\\]|\\[^]){0,32768})\)|<([0-9A-Fa-f\s]{0,65536})>(?!>)|\/([^\s/<>[\]()]{1,60})\s+-?[\d.]{1,20}\s+Tf\b|\b(T\*|TD|Td|Tm|ET|BT)(?![A-Za-z])/g;

/** The strings that a content stream shows (§9.4.3), in its order; each movement to elsewhere begins a line unless it stays on it. */
export const showText = (stream: string, fontOf: (name: string) => CharacterMap | undefined): string => {
  const shown: string[] = [];
  let font: CharacterMap | undefined;
  for (const [, literal, hex, name, move] of stream.matchAll(TOKENS)) {
    if (name !== undefined) font = fontOf(name);
    else if (literal !== undefined) shown.push(decode(plain(literal), font));
    else if (hex !== undefined) shown.push(decode(fromHex(hex), font));
    else if (move === 'T*' || move === 'TD' || move === 'Td') shown.push('\n');
  }
  return shown.join('');
};
