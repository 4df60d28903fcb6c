import type { ExchangeStep } from '@zhengwu/contracts';

/** What stands one a line. */
export const linesOf = (text: string): string[] => text.split(/[\n,，]/).map((line) => line.trim()).filter(Boolean);

/** Fingerprints, one a line, and certificates in PEM, as they were pasted. */
export const pemsOf = (text: string): string[] => {
  const pem = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;
  return [...linesOf(text.replace(pem, '\n')), ...(text.match(pem) ?? [])];
};

const points = ['requestIn', 'requestOut', 'answerIn', 'answerOut'] as const;
export interface Moment {
  node: string;
  role: ExchangeStep['role'];
  point: (typeof points)[number];
  at: number;
}

/** What each node noted, in the order of time; what a node noted in one millisecond, in the order of the protocol. */
export const momentsOf = (steps: readonly ExchangeStep[]): Moment[] =>
  steps.flatMap(({ node, role, ...step }) => points.flatMap((point): Moment[] => {
    const at = step[point];
    return at === null ? [] : [{ node, role, point, at: Date.parse(at) }];
  })).toSorted((a, b) => a.at - b.at);
