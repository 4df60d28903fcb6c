import type { FormStep } from '@zhengwu/contracts';
import type { PackData } from '../schema/pack.ts';
import type { Service } from '../schema/service.ts';
import type { PackEngines } from './engines.ts';
import { membersOf, namesIn } from './feel.ts';
import { finding, rule, type Finding } from './finding.ts';
import { propertiesOf } from './registers.ts';

const layout = rule('form.layout', '表单模式与版面不一致：{detail}', 'Schema and layout of a step differ: {detail}',
  '每个属性一个版面项，每个版面项一个属性。', 'One layout entry for each property and the other way round.');
const closedStep = rule('form.closed', '步骤的模式没有拒绝未知字段', 'The step’s schema does not refuse unknown fields', '加上 additionalProperties: false。', 'Add additionalProperties: false.');
const unique = rule('form.unique', '字段在两个步骤中重复：{detail}', 'A field is asked in two steps: {detail}', '同一个问题只问一次；改名或删除其一。', 'Ask each thing once; rename or remove one.');
const options = rule('form.options', '选项与模式的枚举不一致：{detail}', 'Options and enumeration differ: {detail}', '两边列出相同的值。', 'List the same values on both sides.');
const chosen = rule('form.control', '选择类字段没有选项：{detail}', 'A field to choose from has no options: {detail}', '给出 options。', 'Give options.');
export const feelRule = rule('feel.parses', 'FEEL 表达式有误：{detail}', 'A FEEL expression does not parse: {detail}', '改正表达式。', 'Correct the expression.');
export const nameRule = rule('feel.names', '表达式引用了不存在的名称：{detail}', 'An expression reads a name that does not exist: {detail}',
  '只能引用表单字段、已声明的事实（facts）与系统变量。', 'Read form fields, declared facts and system variables only.');

const enumOf = (schema: unknown, key: string): string[] | null => {
  const { properties } = schema as { properties?: Record<string, { enum?: string[]; items?: { enum?: string[] } }> };
  return properties?.[key]?.enum ?? properties?.[key]?.items?.enum ?? null;
};

const checkStep = (step: FormStep, at: string): Finding[] => {
  const laid = step.layout.map((field) => field.key);
  const asked = propertiesOf(step.schema);
  const odd = [...laid.filter((key) => !asked.includes(key)), ...asked.filter((key) => !laid.includes(key))];
  const open = (step.schema as { additionalProperties?: unknown } | null)?.additionalProperties !== false;
  return [
    ...odd.map((key) => finding(layout, `${at}/layout`, key)),
    ...(open ? [finding(closedStep, `${at}/schema`)] : []),
    ...step.layout.flatMap((field, i) => {
      const values = enumOf(step.schema, field.key);
      if (['select', 'radios', 'checkboxes'].includes(field.control) && !field.options) return [finding(chosen, `${at}/layout/${i}`, field.key)];
      if (!values || !field.options) return [];
      const given = field.options.map((option) => option.value);
      return given.length === values.length && given.every((one) => values.includes(one)) ? [] : [finding(options, `${at}/layout/${i}/options`, field.key)];
    }),
  ];
};

/** Checks one expression: it parses, and reads only `names` (and of `application` and `facts` only what there is). */
export const checkFeel = (
  expression: string,
  at: string,
  engines: PackEngines,
  reads: { names: readonly string[]; application: readonly string[]; facts: readonly string[] },
  file?: string,
): Finding[] => {
  const error = engines.feelError(expression);
  if (error !== null) return [finding(feelRule, at, `${expression}: ${error}`, file)];
  const unknown = [
    ...namesIn(expression).filter((name) => !reads.names.includes(name)),
    ...membersOf(expression, 'application').filter((name) => !reads.application.includes(name)).map((name) => `application.${name}`),
    ...membersOf(expression, 'facts').filter((name) => !reads.facts.includes(name)).map((name) => `facts.${name}`),
  ];
  return unknown.map((name) => finding(nameRule, at, name, file));
};

export const fieldKeys = (service: Service): string[] => service.form.flatMap((step) => step.layout.map((field) => field.key));

const expressionsOf = (service: Service, at: string): [string, string, string[]][] => {
  const keys = fieldKeys(service);
  const held = ['account', 'principal', 'facts', 'licences'];
  const whole = ['application', 'applicant', 'facts', 'today'];
  return [
    ...service.form.flatMap((step, s) => step.layout.flatMap((field, f): [string, string, string[]][] => [
      ...(field.showWhen ? [[field.showWhen, `${at}/form/${s}/layout/${f}/showWhen`, keys] as [string, string, string[]]] : []),
      ...(field.prefill ? [[field.prefill, `${at}/form/${s}/layout/${f}/prefill`, held] as [string, string, string[]]] : []),
    ])),
    ...service.preCheck.questions.flatMap((field, f): [string, string, string[]][] =>
      field.showWhen ? [[field.showWhen, `${at}/preCheck/questions/${f}/showWhen`, service.preCheck.questions.map((q) => q.key)]] : []),
    ...service.materials.flatMap((material, m): [string, string, string[]][] => (material.needWhen ? [[material.needWhen, `${at}/materials/${m}/needWhen`, whole]] : [])),
    ...service.needs.flatMap((need, n): [string, string, string[]][] => [
      ...(need.of ? [[need.of, `${at}/needs/${n}/of`, ['applicant', 'application']] as [string, string, string[]]] : []),
      ...need.sources.flatMap((one, s): [string, string, string[]][] => ('register' in one && one.holds ? [[one.holds, `${at}/needs/${n}/sources/${s}/holds`, ['record', 'about', 'today']]] : [])),
    ]),
    ...service.rules.map((one, r): [string, string, string[]] => [one.must, `${at}/rules/${r}/must`, whole]),
    ...service.facts.map((fact, f): [string, string, string[]] => [fact.key, `${at}/facts/${f}/key`, ['applicant', 'application', 'account', 'principal']]),
    [service.subject, `${at}/subject`, whole],
  ];
};

export const checkForms = (pack: PackData, engines: PackEngines): Finding[] =>
  pack.services.flatMap((service, i) => {
    const at = `/services/${i}`;
    const keys = fieldKeys(service);
    const reads = { application: keys, facts: service.facts.map((fact) => fact.name) };
    const preCheck = { id: 'pre-check', title: service.listing.name, schema: service.preCheck.schema, layout: service.preCheck.questions };
    return [
      ...service.form.flatMap((step, s) => checkStep(step, `${at}/form/${s}`)),
      ...checkStep(preCheck, `${at}/preCheck`),
      ...keys.filter((key, k) => keys.indexOf(key) !== k).map((key) => finding(unique, `${at}/form`, key)),
      ...expressionsOf(service, at).flatMap(([text, path, names]) => checkFeel(text, path, engines, { names, ...reads })),
    ];
  });
