/** What is looked for. A unified credit code is public by law (GB 32100); the others should not leave by accident. */
export const FINDING_KINDS = ['citizen-number', 'bank-card', 'mobile-phone', 'travel-document', 'organisation-code', 'secret', 'secrecy-mark'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** The kinds that are about persons or open doors. */
export const SENSITIVE_KINDS: readonly FindingKind[] = FINDING_KINDS.filter((kind) => kind !== 'organisation-code');

/** One find in a text. The value itself is never in it. */
export interface Finding {
  kind: FindingKind;
  /** Place in the text, in UTF-16 units. */
  at: number;
  length: number;
  /** What may be shown of it: the value masked; of a secrecy mark its level. */
  sample: string;
}

/** How many of each kind were found; kinds that were not are left out. */
export type Tally = Partial<Record<FindingKind, number>>;

export const tallyOf = (findings: readonly Finding[]): Tally => {
  const tally: Tally = {};
  for (const { kind } of findings) tally[kind] = (tally[kind] ?? 0) + 1;
  return tally;
};
