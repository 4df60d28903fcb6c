import type { PackData, Process } from '../schema/pack.ts';
import { stages } from '@zhengwu/contracts';
import * as codes from '../schema/codes.ts';
import { contextKeys, elementsOf, type Element } from './elements.ts';
import type { PackEngines } from './engines.ts';
import { finding, rule, type Finding } from './finding.ts';
import { feelRule, fieldKeys, nameRule } from './forms.ts';
import { membersOf } from './feel.ts';

const compiles = rule('process.compiles', '流程模型不能运行：{detail}', 'The process model cannot run: {detail}', '改正 BPMN 文件中的该元素。', 'Correct the element in the BPMN file.');
const task = rule('process.task', '用户任务的属性无效：{detail}', 'A user task has an invalid attribute: {detail}', '按手册填写 stage、kind、department、post、outcomes。', 'Give stage, kind, department, post and outcomes as the manual lists them.');
const operation = rule('process.operation', '服务任务的操作无效：{detail}', 'A service task’s operation is invalid: {detail}', '使用已知操作并给出其输入。', 'Use a known operation and give its inputs.');
const decision = rule('process.decision', '业务规则任务引用的决策不存在：{detail}', 'A business rule task asks for a decision that does not exist: {detail}', '使用 DMN 中的决策名称。', 'Use the name of a decision in the DMN files.');
const licence = rule('process.licence', '流程签发的证照有误：{detail}', 'A licence issued by the process is wrong: {detail}', '证照类型须由该事项声明，其必填字段须全部产生。', 'The type must be declared by the service and all its required fields produced.');
const closes = rule('process.closes', '流程没有{detail}', 'The process never calls {detail}', '加入该服务任务。', 'Add the service task.');

const english = rule('process.names', '元素没有英文名称：{detail}', 'An element has no English name: {detail}', '在 names 中补上。', 'Add it to names.');

const known = (list: { has(code: unknown): boolean }, value: string | undefined): boolean => list.has(value);

const userTask = (element: Element, departments: string[]): string[] => {
  const at = (name: string): string | undefined => element.attributes[`zhengwu:${name}`];
  const applicant = at('kind') === 'applicant';
  const department = at('department') ?? '';
  const outcomes = (at('outcomes') ?? '').split(',').map((one) => one.trim()).filter(Boolean);
  const wrong = [
    !known(stages, at('stage')) && `stage ${at('stage')}`,
    !known(codes.taskKinds, at('kind')) && `kind ${at('kind')}`,
    !applicant && !known(codes.posts, at('post')) && `post ${at('post')}`,
    !applicant && !department.startsWith('=') && !departments.includes(department) && `department ${department}`,
    outcomes.length === 0 && 'outcomes',
    ...outcomes.map((one) => !known(codes.outcomes, one) && `outcome ${one}`),
  ];
  return wrong.filter((one) => one !== false);
};

const licenceIssues = (element: Element, pack: PackData, users: PackData['services']): string[] => {
  const input = (name: string): string => element.inputs.find((one) => one.name === name)?.expression ?? '';
  const code = /^"(.*)"$/.exec(input('type').trim())?.[1] ?? '';
  const type = pack.licences.find((one) => one.code === code);
  if (!type) return [`type ${input('type')}`];
  const produced = contextKeys(input('fields'));
  if (!produced) return ['fields is not a context'];
  return [
    ...users.filter((service) => !service.licences.includes(code)).map((service) => `${code} is not a licence of ${service.code}`),
    ...type.fields.filter((field) => field.required && !produced.includes(field.key)).map((field) => `${code}.${field.key} is not produced`),
    ...produced.filter((key) => !type.fields.some((field) => field.key === key)).map((key) => `${code} has no field ${key}`),
  ];
};

const serviceTask = (element: Element): string[] => {
  const name = element.attributes['zhengwu:operation'] ?? '';
  const inputs = codes.operations[name];
  if (!inputs) return [name || 'none'];
  return inputs.filter((input) => !element.inputs.some((one) => one.name === input)).map((input) => `${name} needs ${input}`);
};

const expressionFindings = (element: Element, process: Process, users: PackData['services'], engines: PackEngines): Finding[] => {
  const texts = [...element.inputs, ...element.outputs].map((one) => one.expression);
  const department = element.attributes['zhengwu:department'] ?? '';
  if (department.startsWith('=')) texts.push(department.slice(1));
  const id = element.attributes.id ?? '';
  return texts.flatMap((text) => {
    const error = engines.feelError(text);
    if (error !== null) return [finding(feelRule, id, `${text}: ${error}`, process.file)];
    return users.flatMap((service) => [
      ...membersOf(text, 'application').filter((name) => !fieldKeys(service).includes(name)).map((name) => finding(nameRule, id, `application.${name}`, process.file)),
      ...membersOf(text, 'facts').filter((name) => !service.facts.some((fact) => fact.name === name)).map((name) => finding(nameRule, id, `facts.${name}`, process.file)),
    ]);
  });
};

const shown = ['userTask', 'serviceTask', 'sendTask', 'receiveTask', 'businessRuleTask'];

const checkElement = (element: Element, process: Process, pack: PackData, engines: PackEngines, decisions: string[]): Finding[] => {
  const users = pack.services.filter((service) => service.process === process.code);
  const say = (broken: typeof task, details: string[]): Finding[] =>
    details.map((detail) => finding(broken, element.attributes.id ?? '', detail, process.file));
  const found = expressionFindings(element, process, users, engines);
  const { id } = element.attributes;
  if (shown.includes(element.name) && id !== undefined && !process.names[id]) found.push(...say(english, [id]));
  if (element.name === 'userTask') found.push(...say(task, userTask(element, pack.departments.map((one) => one.code))));
  if (element.name === 'serviceTask' || element.name === 'sendTask') found.push(...say(operation, serviceTask(element)));
  if (element.attributes['zhengwu:operation'] === 'licences.issue') found.push(...say(licence, licenceIssues(element, pack, users)));
  const asked = element.attributes['zhengwu:decision'];
  if (element.name === 'businessRuleTask' && (asked === undefined || !decisions.includes(asked))) found.push(...say(decision, [asked ?? 'none']));
  return found;
};

/** Compiles every process and checks what its elements name: operations, outcomes, departments, decisions, licences. */
export const checkProcesses = async (pack: PackData, engines: PackEngines, decisions: string[]): Promise<Finding[]> => {
  const found = await Promise.all(
    pack.processes.map(async (process) => {
      const { issues } = await engines.compileProcess(process.xml);
      if (issues.length > 0) return issues.map((issue) => finding(compiles, issue.element ?? '', issue.message, process.file));
      const elements = elementsOf(process.xml);
      const called = elements.map((element) => element.attributes['zhengwu:operation']);
      return [
        // A process that no service names begins by itself or is called: it has no case of its own to close.
        ...['cases.close', 'cases.accept'].filter((name) => !called.includes(name) && pack.services.some((service) => service.process === process.code)).map((name) => finding(closes, '', name, process.file)),
        ...elements.flatMap((element) => checkElement(element, process, pack, engines, decisions)),
      ];
    }),
  );
  return found.flat();
};
