import { BerError, element, elementsOf, ENUMERATED, number, numberOf, OCTETS, SEQUENCE, SET, text, textOf, type Element } from './ber.ts';
import { readFilter, type Filter } from './filter.ts';

/** Result codes (RFC 4511 appendix A). */
export const CODES = {
  success: 0, operationsError: 1, protocolError: 2, timeLimitExceeded: 3, sizeLimitExceeded: 4, authMethodNotSupported: 7, strongerAuthRequired: 8, unavailableCriticalExtension: 12,
  confidentialityRequired: 13, noSuchObject: 32, invalidDNSyntax: 34, inappropriateAuthentication: 48, invalidCredentials: 49, insufficientAccessRights: 50, busy: 51, unavailable: 52, unwillingToPerform: 53,
} as const;
export type Code = keyof typeof CODES;

export const OIDS = { startTls: '1.3.6.1.4.1.1466.20037', whoAmI: '1.3.6.1.4.1.4203.1.11.3', notice: '1.3.6.1.4.1.1466.20036', paged: '1.2.840.113556.1.4.319' } as const;

export interface SearchRequest {
  op: 'search';
  base: string;
  scope: 'base' | 'one' | 'sub';
  /** Entries and seconds; 0 leaves them to the server. */
  sizeLimit: number;
  timeLimit: number;
  typesOnly: boolean;
  filter: Filter;
  attributes: string[];
}

export type Request = { id: number; controls: Control[] } & (
  | { op: 'bind'; version: number; name: string; password: Buffer | null }
  | { op: 'unbind' }
  | SearchRequest
  | { op: 'abandon'; target: number }
  | { op: 'extended'; oid: string; value: Buffer | null }
  | { op: 'other'; answer: number }
);

export interface Control {
  oid: string;
  critical: boolean;
  value: Buffer | null;
}

/** Requests that are known and refused, by tag, with the tag of their answer: modify, add, delete, modify name, compare. */
const REFUSED: Readonly<Record<number, number>> = { 0x66: 0x67, 0x68: 0x69, 0x4a: 0x6b, 0x6c: 0x6d, 0x6e: 0x6f };
export const ANSWERS = { bind: 0x61, search: 0x65, extended: 0x78 } as const;
const SCOPES = ['base', 'one', 'sub'] as const;

const at = (elements: readonly Element[], index: number, tag?: number): Element => {
  const found = elements[index];
  if (!found || (tag !== undefined && found.tag !== tag)) throw new BerError('malformed request');
  return found;
};

const controlOf = ({ body }: Element): Control => {
  const parts = elementsOf(body);
  return {
    oid: textOf(at(parts, 0, OCTETS)), critical: parts.some(({ tag, body: flag }) => tag === 0x01 && flag[0] !== 0),
    value: parts.slice(1).find(({ tag }) => tag === OCTETS)?.body ?? null,
  };
};

const searchOf = (body: Buffer): SearchRequest => {
  const parts = elementsOf(body);
  const scope = SCOPES[numberOf(at(parts, 1, ENUMERATED))];
  if (!scope) throw new BerError('unknown scope');
  return {
    op: 'search', base: textOf(at(parts, 0, OCTETS)), scope, sizeLimit: numberOf(at(parts, 3)), timeLimit: numberOf(at(parts, 4)), typesOnly: at(parts, 5).body[0] !== 0,
    filter: readFilter(at(parts, 6)), attributes: elementsOf(at(parts, 7, SEQUENCE).body).map(textOf),
  };
};

const operationOf = ({ tag, body }: Element): Record<string, unknown> & { op: Request['op'] } => {
  const answer = REFUSED[tag];
  if (answer !== undefined) return { op: 'other', answer };
  switch (tag) {
    case 0x60: {
      const parts = elementsOf(body);
      const proof = at(parts, 2);
      return { op: 'bind', version: numberOf(at(parts, 0)), name: textOf(at(parts, 1, OCTETS)), password: proof.tag === 0x80 ? proof.body : null };
    }
    case 0x42: return { op: 'unbind' };
    case 0x63: return { ...searchOf(body) };
    case 0x50: return { op: 'abandon', target: numberOf({ tag, body }) };
    case 0x77: {
      const parts = elementsOf(body);
      return { op: 'extended', oid: textOf(at(parts, 0, 0x80)), value: parts[1]?.body ?? null };
    }
    default: throw new BerError('unknown operation');
  }
};

/** Reads one LDAPMessage; throws `BerError`. */
export const readMessage = (message: Buffer): Request => {
  const [envelope] = elementsOf(message);
  if (envelope?.tag !== SEQUENCE) throw new BerError('no LDAP message');
  const parts = elementsOf(envelope.body);
  const controls = parts[2]?.tag === 0xa0 ? elementsOf(parts[2].body).map(controlOf) : [];
  return { id: numberOf(at(parts, 0)), controls, ...operationOf(at(parts, 1)) } as Request;
};

const envelope = (id: number, body: Buffer, controls: readonly Buffer[] = []): Buffer =>
  element(SEQUENCE, number(id), body, ...(controls.length > 0 ? [element(0xa0, ...controls)] : []));

/** An answer that carries a result; `extra` follows in the same element, `controls` beside it. */
export const resultMessage = (id: number, tag: number, code: Code, said = '', { matched = '', extra = [], controls = [] }: { matched?: string; extra?: readonly Buffer[]; controls?: readonly Buffer[] } = {}): Buffer =>
  envelope(id, element(tag, number(CODES[code], ENUMERATED), text(matched), text(said), ...extra), controls);

export interface Entry {
  dn: string;
  attributes: readonly (readonly [name: string, values: readonly string[]])[];
}

export const entryMessage = (id: number, { dn, attributes }: Entry, typesOnly: boolean): Buffer => envelope(id, element(0x64, text(dn), element(SEQUENCE, ...attributes.map(([name, values]) =>
  element(SEQUENCE, text(name), element(SET, ...(typesOnly ? [] : values.map((value) => text(value)))))))));

/** A page asked for (RFC 2696): how many entries, and where the page before it ended. */
export const pageOf = ({ value }: Control): { size: number; cookie: string } => {
  const [inner] = elementsOf(value ?? Buffer.alloc(0));
  const parts = elementsOf(inner?.body ?? Buffer.alloc(0));
  return { size: numberOf(at(parts, 0)), cookie: textOf(at(parts, 1, OCTETS)) };
};
export const pageControl = (cookie: string): Buffer => element(SEQUENCE, text(OIDS.paged), text(element(SEQUENCE, number(0), text(cookie))));
