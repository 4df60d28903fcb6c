/** A problem that an engine found in a model. */
export interface ModelIssue {
  /** Element id, where one is known. */
  element?: string;
  message: string;
}

export interface CompiledDecisions {
  issues: ModelIssue[];
  /** Names of the decisions that can be asked. */
  names: string[];
  evaluate(decision: string, input: Record<string, unknown>): { value: unknown; warnings: string[] };
}

/** What the check needs of the platform's engines; the caller gives them, so that packs need no engine to be written. */
export interface PackEngines {
  compileProcess(xml: string): Promise<{ issues: ModelIssue[] }>;
  compileDecisions(xml: string): Promise<CompiledDecisions>;
  /** The syntax error of a FEEL expression, or null. */
  feelError(expression: string): string | null;
  isIdentifier(kind: 'citizenNumber' | 'uscc' | 'organisationCode' | 'division', value: string): boolean;
}
