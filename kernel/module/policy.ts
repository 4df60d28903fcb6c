export type Party = 'citizen' | 'official' | 'public' | 'portal' | 'system';

/** Who may do one operation and what is recorded of it. */
export interface Rule {
  who: Party | readonly Party[];
  /** Officials need this permission; its grant becomes the actor's scope. */
  permission?: string;
  /** Audit event recorded, or null where nothing needs recording. */
  audit: string | null;
  /** Reads or changes personal data: answered only after the audit record is committed. */
  personal?: boolean;
}

/** Operation id → rule. */
export type Policy = Readonly<Record<string, Rule>>;

/** Declares a module's policy; officials without a permission are refused here, at load. */
export const definePolicy = (rules: Policy): Policy => {
  for (const [operation, rule] of Object.entries(rules)) {
    if (rule.personal === true && rule.audit === null) throw new Error(`policy ${operation}: personal data needs an audit event`);
    if (rule.permission !== undefined && rule.who !== 'official') throw new Error(`policy ${operation}: only officials hold permissions`);
  }
  return Object.freeze(rules);
};
