import { expect } from 'vitest';
import { compileDecisions, evaluate, type DecisionModel, type Issue, type Outcome } from './index.ts';

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const wrap = (body: string, version = 'https://www.omg.org/spec/DMN/20191111/MODEL/'): string =>
  `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="${version}" id="test" name="test" namespace="http://zhengwu.example/test">${body}</definitions>`;

export const input = (name: string, type = 'Any'): string =>
  `<inputData id="in-${name.replaceAll(' ', '-')}" name="${name}"><variable name="${name}" typeRef="${type}"/></inputData>`;

export interface Needs {
  inputs?: string[];
  decisions?: string[];
  knowledge?: string[];
  type?: string;
}

const slug = (name: string): string => name.replaceAll(' ', '-');

export const requirements = ({ inputs = [], decisions = [], knowledge = [] }: Needs): string => [
  ...inputs.map((name) => `<informationRequirement><requiredInput href="#in-${slug(name)}"/></informationRequirement>`),
  ...decisions.map((name) => `<informationRequirement><requiredDecision href="#${slug(name)}"/></informationRequirement>`),
  ...knowledge.map((name) => `<knowledgeRequirement><requiredKnowledge href="#${slug(name)}"/></knowledgeRequirement>`),
].join('');

export const decision = (name: string, logic: string, needs: Needs = {}): string =>
  `<decision id="${slug(name)}" name="${name}"><variable name="${name}"${needs.type ? ` typeRef="${needs.type}"` : ''}/>${requirements(needs)}${logic}</decision>`;

export const literal = (text: string): string => `<literalExpression><text>${escape(text)}</text></literalExpression>`;

interface TableParts {
  policy: string;
  aggregation?: string;
  inputs: { text: string; values?: string }[];
  outputs: { name?: string; type?: string; values?: string; otherwise?: string }[];
  /** Cells of each rule, inputs first. */
  rules: string[][];
}

const cell = (tag: string, text: string): string => `<${tag}><text>${escape(text)}</text></${tag}>`;

export const table = ({ policy, aggregation, inputs, outputs, rules }: TableParts): string =>
  `<decisionTable id="table" hitPolicy="${policy}"${aggregation ? ` aggregation="${aggregation}"` : ''}>${[
    ...inputs.map((one, i) => `<input id="c${i}">${cell('inputExpression', one.text)}${one.values ? cell('inputValues', one.values) : ''}</input>`),
    ...outputs.map((one, i) => `<output id="o${i}"${one.name ? ` name="${one.name}"` : ''}${one.type ? ` typeRef="${one.type}"` : ''}>${
      one.values ? cell('outputValues', one.values) : ''}${one.otherwise ? cell('defaultOutputEntry', one.otherwise) : ''}</output>`),
    ...rules.map((cells, i) => `<rule id="r${i + 1}">${cells.map((text, at) => cell(at < inputs.length ? 'inputEntry' : 'outputEntry', text)).join('')}</rule>`),
  ].join('')}</decisionTable>`;

/** Compiles a model that must be fine. */
export const compiled = async (...parts: string[]): Promise<DecisionModel> => {
  const { model, issues } = await compileDecisions(wrap(parts.join('')));
  expect(issues).toEqual([]);
  return model as DecisionModel;
};

/** Compiles and evaluates the decision `d`. */
export const decide = async (parts: string[], given: Record<string, unknown> = {}): Promise<Outcome> => evaluate(await compiled(...parts), 'd', given);

/** The value of `d`, which must come without a warning. */
export const valueOf = async (parts: string[], given: Record<string, unknown> = {}): Promise<Outcome['value']> => {
  const { value, warnings } = await decide(parts, given);
  expect(warnings).toEqual([]);
  return value;
};

export const issuesOf = async (...parts: string[]): Promise<Issue[]> => [...(await compileDecisions(wrap(parts.join('')))).issues];
