import type { PolicyRule, PolicyTable } from '@zhengwu/http';

/** Who may do one operation and what is recorded of it. */
export type Rule = PolicyRule;

/** Operation id → rule. */
export type Policy = PolicyTable;

const faultOf = ({ who, permission, audit, personal }: Rule): string | null => {
  if (personal === true && audit === null) return 'personal data needs an audit event';
  if (permission !== undefined && ![who].flat().includes('official')) return 'only officials hold permissions';
  return null;
};

/** Declares a module's policy; a rule that cannot be meant is refused here, at load. */
export const definePolicy = (rules: Policy): Policy => {
  for (const [operation, rule] of Object.entries(rules)) {
    const fault = faultOf(rule);
    if (fault !== null) throw new Error(`policy ${operation}: ${fault}`);
  }
  return Object.freeze(rules);
};
