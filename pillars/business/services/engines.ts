import { compileDecisions, evaluate, type DecisionModel } from '@zhengwu/decisions';
import { isCitizenNumber, isDivisionCode, isOrganisationCode, isUscc } from '@zhengwu/ids';
import type { CompiledDecisions, PackEngines } from '@zhengwu/pack';
import { compile } from '@zhengwu/processes';
import { feel } from './feel.ts';

const identifiers: Record<Parameters<PackEngines['isIdentifier']>[0], (value: string) => boolean> = {
  citizenNumber: isCitizenNumber, uscc: isUscc, organisationCode: isOrganisationCode, division: isDivisionCode,
};

const answerOf = (model: DecisionModel, decision: string, input: Record<string, unknown>): { value: unknown; warnings: string[] } => {
  const { value, warnings } = evaluate(model, decision, input as never);
  return { value, warnings: warnings.map((warning) => `${warning.element}: ${warning.message}`) };
};

const decisionsOf = async (xml: string): Promise<CompiledDecisions> => {
  const { model, issues } = await compileDecisions(xml);
  return {
    issues: issues.filter((issue) => issue.severity === 'error').map(({ element, reason }) => ({ element, message: reason })),
    names: model ? [...model.decisions.values()].map((decision) => decision.name) : [],
    evaluate: (decision, input) => (model ? answerOf(model, decision, input) : { value: null, warnings: ['the model did not compile'] }),
  };
};

const feelError = (expression: string): string | null => {
  try {
    feel.compileExpression(expression);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** The platform's own engines, for checking packs: what passes here runs in a case. */
export const engines: PackEngines = {
  compileProcess: async (xml) => ({ issues: (await compile(xml)).issues.map(({ element, reason }) => ({ element, message: reason })) }),
  compileDecisions: decisionsOf,
  feelError,
  isIdentifier: (kind, value) => identifiers[kind](value),
};
