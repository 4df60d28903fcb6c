import { BerError, elementsOf, textOf, type Element } from './ber.ts';

/** A search filter (RFC 4511 §4.5.1.7); `unknown` is what this directory cannot judge, which is Undefined. */
export type Filter =
  | { op: 'and' | 'or'; of: Filter[] }
  | { op: 'not'; of: Filter }
  | { op: 'equal'; attribute: string; value: string }
  | { op: 'substring'; attribute: string; initial: string; any: string[]; final: string }
  | { op: 'present'; attribute: string }
  | { op: 'unknown' };

const MOST_DEPTH = 20;
const MOST_ITEMS = 200;

/** Without options such as `;lang-zh`, in lower case. */
export const attributeName = (description: string): string => (description.split(';')[0] as string).toLowerCase();

const pair = (body: Buffer): [Element, Element] => {
  const [first, second, ...more] = elementsOf(body);
  if (!first || !second || more.length > 0) throw new BerError('malformed filter');
  return [first, second];
};

const substring = (body: Buffer): Filter => {
  const [attribute, list] = pair(body);
  const filter = { op: 'substring' as const, attribute: attributeName(textOf(attribute)), initial: '', any: [] as string[], final: '' };
  const parts = elementsOf(list.body);
  parts.forEach((part, index) => {
    if (part.tag === 0x80 && index === 0) filter.initial = textOf(part);
    else if (part.tag === 0x81) filter.any.push(textOf(part));
    else if (part.tag === 0x82 && index === parts.length - 1) filter.final = textOf(part);
    else throw new BerError('malformed substring filter');
  });
  if (parts.length === 0 || parts.length > MOST_ITEMS) throw new BerError('malformed substring filter');
  return filter;
};

/** Reads a filter from BER; throws `BerError` for a malformed one and for one too deep or too large. */
export const readFilter = (given: Element): Filter => {
  let items = 0;
  const read = ({ tag, body }: Element, depth: number): Filter => {
    items += 1;
    if (depth > MOST_DEPTH || items > MOST_ITEMS) throw new BerError('filter too large');
    switch (tag) {
      case 0xa0:
      case 0xa1: return { op: tag === 0xa0 ? 'and' : 'or', of: elementsOf(body).map((one) => read(one, depth + 1)) };
      case 0xa2: {
        const [inner, ...more] = elementsOf(body);
        if (!inner || more.length > 0) throw new BerError('malformed filter');
        return { op: 'not', of: read(inner, depth + 1) };
      }
      // approxMatch may be treated as equality (RFC 4511 §4.5.1.7.6).
      case 0xa3:
      case 0xa8: {
        const [attribute, value] = pair(body);
        return { op: 'equal', attribute: attributeName(textOf(attribute)), value: textOf(value) };
      }
      case 0xa4: return substring(body);
      case 0x87: return { op: 'present', attribute: attributeName(textOf({ tag, body })) };
      // Attributes here have no ordering rule, and no extended rules are offered.
      case 0xa5:
      case 0xa6:
      case 0xa9: return { op: 'unknown' };
      default: throw new BerError('unknown filter');
    }
  };
  return read(given, 0);
};

/** The filter without its values, as the audit trail keeps it: `(&(objectclass=?)(cn=?*))`. */
export const shapeOf = (filter: Filter): string => {
  switch (filter.op) {
    case 'and': return `(&${filter.of.map(shapeOf).join('')})`;
    case 'or': return `(|${filter.of.map(shapeOf).join('')})`;
    case 'not': return `(!${shapeOf(filter.of)})`;
    case 'equal': return `(${filter.attribute}=?)`;
    case 'substring': return `(${filter.attribute}=${filter.initial ? '?' : ''}*${filter.any.map(() => '?*').join('')}${filter.final ? '?' : ''})`;
    case 'present': return `(${filter.attribute}=*)`;
    case 'unknown': return '(unknown)';
  }
};
