import { defineAudits, type AuditEvents } from '@zhengwu/audit';
import type { PolicyRule, PolicyTable } from '@zhengwu/http';

/** Who may do one operation and what is recorded of it. */
export type Rule = PolicyRule;

/** Operation id → rule. */
export type Policy = PolicyTable;

/** The events that one operation may leave in the trail. */
export const eventsOf = ({ audit, audits = [] }: Rule): string[] => [...(audit === null ? [] : [audit]), ...audits];

const faultOf = ({ who, permission, audit, personal, recorded }: Rule): string | null => {
  if (recorded === 'gate' && audit === null) return 'the gate has no event to record';
  if (personal === true && audit === null) return 'personal data needs an audit event';
  if (permission !== undefined && ![who].flat().some((one) => one === 'official' || one === 'application')) return 'only officials and applications hold permissions';
  return null;
};

/** Declares a module's policy and the events that it records; a rule that cannot be meant is refused here, at load. */
export const definePolicy = (rules: Policy, audits: AuditEvents = {}): Policy => {
  defineAudits(audits);
  for (const [operation, rule] of Object.entries(rules)) {
    const fault = faultOf(rule);
    if (fault !== null) throw new Error(`policy ${operation}: ${fault}`);
  }
  return Object.freeze(rules);
};
