/** Steps of the history in seconds: minutes roll up into hours, hours into days. */
export const STEPS = { minute: 60, hour: 3600, day: 86_400 } as const;
export type Step = keyof typeof STEPS;

/** How long each step is kept, in days. */
export const KEPT_DAYS: Readonly<Record<Step, number>> = { minute: 2, hour: 60, day: 1095 };

/** Series that one site keeps at most; a new one beyond it is not kept. */
export const MOST_SERIES = 5000;

/** One measurement of a series. */
export interface Sample {
  series: string;
  ok: boolean;
  value: number | null;
}

/** The beginning of the bucket in which an instant lies, UTC. */
export const bucketOf = (at: Date, step: Step): Date => new Date(Math.floor(at.getTime() / (STEPS[step] * 1000)) * STEPS[step] * 1000);

/** True when `pattern` names the series: exactly, or by its beginning where it ends in `*`. */
export const isNamed = (pattern: string, series: string): boolean => (pattern.endsWith('*') ? series.startsWith(pattern.slice(0, -1)) : series === pattern);
