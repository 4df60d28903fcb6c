/** One step of a distinguished name; the type in lower case. Names of several values in one step do not occur here. */
export interface Step {
  type: string;
  value: string;
}

const SPECIAL = /[\\",+<>;=]/g;
const OIDS: Readonly<Record<string, string>> = { '0.9.2342.19200300.100.1.25': 'dc', '0.9.2342.19200300.100.1.1': 'uid', '2.5.4.11': 'ou', '2.5.4.3': 'cn', '2.5.4.10': 'o' };
const DN_VALUED = new Set(['member', 'memberof', 'entrydn']);

/** Whether values of this attribute are distinguished names. */
export const isDnValued = (attribute: string): boolean => DN_VALUED.has(attribute);

/** A value as RFC 4514 §2.4 writes it. */
export const escapeValue = (value: string): string =>
  value.replace(SPECIAL, '\\$&').replace(/^[ #]/, '\\$&').replace(/ $/, '\\ ').replaceAll('\0', '\\00');

const unescapeValue = (written: string): string | null => {
  const bytes: Buffer[] = [];
  for (let at = 0; at < written.length; at += 1) {
    const char = written[at] as string;
    if (char !== '\\') {
      bytes.push(Buffer.from(String.fromCodePoint(written.codePointAt(at) as number)));
      if ((written.codePointAt(at) as number) > 0xffff) at += 1;
      continue;
    }
    const hex = /^[0-9a-f]{2}/i.exec(written.slice(at + 1))?.[0];
    if (hex) bytes.push(Buffer.from(hex, 'hex'));
    else if (written[at + 1] !== undefined) bytes.push(Buffer.from(written[at + 1] as string));
    else return null;
    at += hex ? 2 : 1;
  }
  return Buffer.concat(bytes).toString('utf8');
};

/** Splits a written name at what separates steps and is not escaped; null for what cannot be split. */
const pieces = (written: string): string[] | null => {
  const found = written.match(/(?:\\[\s\S]|[^,;\\])+|[,;]/g) ?? [];
  const steps = found.filter((piece) => piece !== ',' && piece !== ';');
  return found.join('') === written && steps.length * 2 - 1 === found.length ? steps : null;
};

/** Reads a distinguished name (RFC 4514); null for what is none. The empty name has no steps. */
export const readDn = (written: string): Step[] | null => {
  if (written.trim() === '') return [];
  const steps = pieces(written)?.map((piece): Step | null => {
    const at = piece.indexOf('=');
    const type = piece.slice(0, at).trim().toLowerCase();
    const value = unescapeValue(piece.slice(at + 1).replace(/^ +/, '').replace(/(?<!\\) +$/, ''));
    return at > 0 && value !== null && value !== '' && /^[a-z][a-z0-9-]*$|^\d+(\.\d+)+$/.test(type) ? { type: OIDS[type] ?? type, value } : null;
  });
  return !steps || steps.includes(null) ? null : (steps as Step[]);
};

export const writeDn = (steps: readonly Step[]): string => steps.map(({ type, value }) => `${type}=${escapeValue(value)}`).join(',');

/** The one writing of a name, so that writings can be compared; null for what is no name. */
export const normalDn = (written: string): string | null => {
  const steps = readDn(written);
  return steps && writeDn(steps);
};

const isSame = (one: Step, other: Step): boolean => one.type === other.type && one.value.toLowerCase() === other.value.toLowerCase();

/** The steps of `name` below `base`; null where it lies elsewhere. */
export const stepsBelow = (name: readonly Step[], base: readonly Step[]): Step[] | null => {
  const depth = name.length - base.length;
  return depth >= 0 && base.every((step, index) => isSame(step, name[depth + index] as Step)) ? name.slice(0, depth) : null;
};
