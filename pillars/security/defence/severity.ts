import type { Severity } from '@zhengwu/contracts';

const ORDER: readonly Severity[] = ['low', 'medium', 'high', 'critical'];

/** 1 to 4, as the database orders them. */
export const rankOf = (severity: Severity): number => ORDER.indexOf(severity) + 1;
export const severityOf = (rank: number): Severity => ORDER[rank - 1] ?? 'low';
