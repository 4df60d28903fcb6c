import type { FastifyRequest } from 'fastify';
import type { Actor } from '@zhengwu/contracts';
import { scannerOf, SENSITIVE_KINDS, tallyOf, veil, type Finding, type FindingKind, type Tally } from '@zhengwu/detectors';
import { fail } from './errors.ts';
import type { PolicyRule } from './types.ts';

/** What an answer held that its operation does not declare; never the values. */
export interface Disclosure {
  operation: string;
  actor: Actor | null;
  requestId: string;
  found: Tally;
  /** What became of the answer. */
  done: 'withheld' | 'masked' | 'reported';
}

export interface OutgoingOptions {
  /** `withhold` sends no answer with an undeclared number as a field; `report` lets it pass and tells. */
  mode: 'withhold' | 'report';
  /** Told of each answer with a finding; must be quick and not throw. */
  tell(disclosure: Disclosure): void;
}

/** Looks at the serialized answer of one operation on its way out; answers the text to send, or throws `disclosure.withheld`. */
export type Outgoing = (request: FastifyRequest, text: string) => string;

/** Secrecy marks are judged in files: an answer may speak of them. */
const LOOKED_FOR = SENSITIVE_KINDS.filter((kind) => kind !== 'secrecy-mark');
/** Shorter answers hold no number. */
const SHORTEST = 13;

/** What stands around a value: a quotation mark, or what stands beside a number. */
const AROUND = new Set([',', ':', '"', '[', ']', '{', '}', '']);
/** The finding stands alone: the operation answers it as a field. Within a longer text somebody wrote it. */
const isValue = (text: string, { at, length, kind }: Finding): boolean => kind === 'secret' || (AROUND.has(text.charAt(at - 1)) && AROUND.has(text.charAt(at + length)));

/** Control characters as JSON writes them, blanked: their digits belong to no number. */
const blank = (text: string): string => (text.includes('\\u00') ? text.replaceAll(/\\u00[01][0-9a-f]/g, '      ') : text);

/** The answer with the findings hidden; undefined when one is a number of JSON, where nothing can be hidden. */
const masked = (text: string, findings: readonly Finding[]): string | undefined => {
  const hidden = veil(text, findings);
  try {
    JSON.parse(hidden);
    return hidden;
  } catch {
    return undefined;
  }
};

/** Undefined where the site looks at nothing or the operation may show all kinds. */
export const createOutgoing = (operation: string, rule: PolicyRule, options: OutgoingOptions | undefined): Outgoing | undefined => {
  const kinds: readonly FindingKind[] = LOOKED_FOR.filter((kind) => !rule.shows?.includes(kind));
  if (options === undefined || kinds.length === 0) return undefined;
  const scan = scannerOf(kinds);
  return (request, text) => {
    if (text.length < SHORTEST) return text;
    const findings = scan(blank(text));
    if (findings.length === 0) return text;
    const told = (done: Disclosure['done']): void => options.tell({ operation, actor: request.actor, requestId: request.id, found: tallyOf(findings), done });
    if (options.mode === 'report') return told('reported'), text;
    const isLeak = rule.found !== 'mask' && findings.some((one) => isValue(text, one));
    const hidden = isLeak ? undefined : masked(text, findings);
    told(hidden === undefined ? 'withheld' : 'masked');
    if (hidden === undefined) throw fail('disclosure.withheld');
    return hidden;
  };
};
