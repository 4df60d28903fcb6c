import { isDeepStrictEqual } from 'node:util';
import type { PackData } from '../schema/pack.ts';
import type { CompiledDecisions, PackEngines } from './engines.ts';
import { finding, rule, type Finding } from './finding.ts';

const compiles = rule('decision.compiles', '决策模型不能运行：{detail}', 'The decision model cannot run: {detail}', '改正 DMN 文件中的该元素。', 'Correct the element in the DMN file.');
const named = rule('decision.exists', '决策不存在：{detail}', 'No such decision: {detail}', '使用 DMN 中的决策名称。', 'Use the name of a decision in the DMN files.');
const example = rule('example.holds', '示例与决策结果不符：{detail}', 'An example does not hold: {detail}', '改正决策，或改正示例。', 'Correct the decision or the example.');

/** The compiled models of a pack and what is wrong with them. */
export interface DecisionCheck {
  findings: Finding[];
  names: string[];
}

const checkExamples = (pack: PackData, models: CompiledDecisions[]): Finding[] =>
  pack.examples.flatMap((one, i) => {
    const model = models.find((candidate) => candidate.names.includes(one.decision));
    if (!model) return [finding(named, `/examples/${i}/decision`, one.decision)];
    const { value, warnings } = model.evaluate(one.decision, one.input);
    if (warnings.length > 0) return [finding(example, `/examples/${i}`, `${one.name.en}: ${warnings.join('; ')}`)];
    return isDeepStrictEqual(value, one.output) ? [] : [finding(example, `/examples/${i}`, `${one.name.en}: ${JSON.stringify(value)}`)];
  });

/** Compiles every model, runs the examples and checks that every decision asked for exists. */
export const checkDecisions = async (pack: PackData, engines: PackEngines): Promise<DecisionCheck> => {
  const models = await Promise.all(pack.decisions.map((one) => engines.compileDecisions(one.xml)));
  const names = models.flatMap((model) => model.names);
  const asked: [string, string][] = pack.services.flatMap((service, i): [string, string][] => [
    [service.preCheck.decision, `/services/${i}/preCheck/decision`],
    ...service.listing.fees.items.flatMap((item, f): [string, string][] =>
      item.decision === undefined ? [] : [[item.decision, `/services/${i}/listing/fees/items/${f}/decision`]]),
  ]);
  const findings = [
    ...models.flatMap((model, i) => model.issues.map((issue) => finding(compiles, issue.element ?? '', issue.message, pack.decisions[i]?.file))),
    ...asked.filter(([name]) => !names.includes(name)).map(([name, at]) => finding(named, at, name)),
  ];
  return { findings: findings.length > 0 ? findings : checkExamples(pack, models), names };
};
