/** Values by name, as an expression sees them. */
export type Scope = Readonly<Record<string, unknown>>;

/** The text is no FEEL, or asks the machine for the time. */
export class FeelError extends Error {}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
