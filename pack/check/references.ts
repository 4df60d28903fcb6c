import type { LifeEvent, PackData } from '../schema/pack.ts';
import type { Service } from '../schema/service.ts';
import type { PackEngines } from './engines.ts';
import { finding, rule, type Finding } from './finding.ts';

const unknown = rule('reference.exists', '引用的{detail}不存在', 'Refers to {detail}, which does not exist', '改正代码，或在服务包中声明它。', 'Correct the code, or declare it in the pack.');
const twice = rule('code.unique', '代码重复：{detail}', 'A code is used twice: {detail}', '每个代码只用一次。', 'Use each code once.');
const digits = rule('identifier.valid', '号码校验不通过：{detail}', 'A number fails its check digit: {detail}', '改正号码（GB 32100、GB 11643）。', 'Correct the number (GB 32100, GB 11643).');
const source = rule('material.source', '材料“{detail}”无从提交：既不能上传，也不证明任何可核查的事实', 'Material “{detail}” cannot be given: no upload, and it proves no need',
  '给出 satisfiedBy 的至少一种方式。', 'Give at least one way in satisfiedBy.');
const known = rule('material.known', '材料“{detail}”由政府部门核发，却要求申请人提交', 'Material “{detail}” is issued by government, yet asked of the applicant',
  '把它证明的情况写进 needs，并在 satisfiedBy.need 引用。', 'Declare what it proves in needs and name it in satisfiedBy.need.');
const idle = rule('need.unproved', '情况“{detail}”查不到时，没有材料可以证明', 'Nothing proves the need “{detail}” where no source knows', '让一份材料在 satisfiedBy.need 中引用它，或改为 facts 与 rules。', 'Let a material name it in satisfiedBy.need, or make it a fact and a rule.');
const circle = rule('life-event.circle', '一件事中的事项互相等待：{detail}', 'Services of a life event wait for each other: {detail}', '让其中一个先办。', 'Let one of them begin first.');
const rows = rule('licence.template', '证照模板引用了不存在的字段：{detail}', 'The licence’s template sets a field that does not exist: {detail}', '只列出 fields 中的字段。', 'List keys of fields only.');
const life = rule('licence.validity', '证照有效期只能有一种写法', 'A licence’s validity is given twice', 'years 与 until 二选一。', 'Give years or until, not both.');

const repeated = (codes: string[], at: string): Finding[] => codes.filter((code, i) => codes.indexOf(code) !== i).map((code) => finding(twice, at, code));

const missing = (codes: readonly (string | undefined)[], known: readonly string[], at: string, what: string): Finding[] =>
  codes.filter((code) => code !== undefined && !known.includes(code)).map((code) => finding(unknown, at, `${what} ${code}`));

const checkService = (pack: PackData, service: Service, at: string): Finding[] => {
  const departments = pack.departments.map((one) => one.code);
  const registers = [...pack.registers.map((one) => one.code), ...pack.usesRegisters];
  const licences = pack.licences.map((one) => one.code);
  const { listing } = service;
  return [
    ...missing([listing.body.department], departments, `${at}/listing/body`, 'department'),
    ...missing(listing.flow.map((one) => one.department), departments, `${at}/listing/flow`, 'department'),
    ...missing(listing.otherDepartments.map((one) => one.department), departments, `${at}/listing/otherDepartments`, 'department'),
    ...missing(listing.results.map((one) => one.licence), service.licences, `${at}/listing/results`, 'licence'),
    ...missing(service.licences, licences, `${at}/licences`, 'licence'),
    ...missing([service.process], pack.processes.map((one) => one.code), `${at}/process`, 'process'),
    ...missing(service.facts.map((one) => one.register), registers, `${at}/facts`, 'register'),
    ...repeated(service.needs.map((one) => one.code), `${at}/needs`),
    ...service.needs.filter(({ code }) => !service.materials.some(({ satisfiedBy }) => satisfiedBy.need === code)).map((one) => finding(idle, `${at}/needs`, one.statement.en)),
    ...service.needs.flatMap(({ sources }, n) => sources.flatMap((one) => ('licence' in one
      ? missing([one.licence], [...licences, ...pack.usesLicences], `${at}/needs/${n}`, 'licence')
      : missing([one.register], registers, `${at}/needs/${n}`, 'register')))),
    ...repeated(service.materials.map((one) => one.code), `${at}/materials`),
    ...service.materials.flatMap((material, m) => [
      ...missing([material.satisfiedBy.need], service.needs.map((one) => one.code), `${at}/materials/${m}`, 'need'),
      ...(material.source === 'government' && !material.satisfiedBy.need ? [finding(known, `${at}/materials/${m}`, material.name.en)] : []),
      ...(Object.keys(material.satisfiedBy).length === 0 ? [finding(source, `${at}/materials/${m}`, material.name.en)] : []),
    ]),
  ];
};

/** Services that wait for themselves. */
const circleOf = ({ services, together }: LifeEvent): string[] => {
  const waitsFor = (code: string, seen: readonly string[]): boolean => (together?.after[code] ?? []).some((one) => one === seen[0] || (!seen.includes(one) && waitsFor(one, [...seen, one])));
  return services.filter((code) => waitsFor(code, [code]));
};

const issuers = (pack: PackData, licence: string): Service[] => pack.services.filter((service) => service.licences.includes(licence));

/** What one part of a pack says of another must be there, and identifiers must pass their checks. */
export const checkReferences = (pack: PackData, engines: PackEngines): Finding[] => {
  const numbers: [string, string][] = [
    ...pack.services.map((one, i): [string, string] => [one.listing.body.uscc, `/services/${i}/listing/body/uscc`]),
    ...pack.licences.map((one, i): [string, string] => [one.issuer.uscc, `/licences/${i}/issuer/uscc`]),
  ];
  return [
    ...repeated(pack.services.map((one) => one.code), '/services'),
    ...repeated([...pack.registers.map((one) => one.code), ...pack.usesRegisters], '/registers'),
    ...repeated(pack.licences.map((one) => one.code), '/licences'),
    ...repeated(pack.processes.map((one) => one.code), '/processes'),
    ...numbers.filter(([value]) => !engines.isIdentifier('uscc', value)).map(([value, at]) => finding(digits, at, value)),
    ...pack.services.flatMap((service, i) => checkService(pack, service, `/services/${i}`)),
    ...pack.registers.flatMap((one, i) => missing([one.keeper], pack.departments.map((d) => d.code), `/registers/${i}/keeper`, 'department')),
    ...pack.lifeEvents.flatMap((event, i) => [
      ...missing(event.services, [...pack.services.map((one) => one.code), ...(pack.usesServices ?? [])], `/lifeEvents/${i}`, 'service'),
      ...Object.entries(event.together?.after ?? {}).flatMap(([later, earlier]) => missing([later, ...earlier], event.services, `/lifeEvents/${i}/together/after`, 'service')),
      ...circleOf(event).map((code) => finding(circle, `/lifeEvents/${i}/together/after`, code)),
    ]),
    ...pack.licences.flatMap((licence, i) => {
      const keys = licence.fields.map((field) => field.key);
      return [
        ...licence.template.rows.filter((key) => !keys.includes(key)).map((key) => finding(rows, `/licences/${i}/template`, key)),
        ...issuers(pack, licence.code).flatMap((service) =>
          missing([licence.template.portrait], service.materials.map((one) => one.code), `/licences/${i}/template/portrait`, 'material')),
        ...(licence.validity.years !== undefined && licence.validity.until !== undefined ? [finding(life, `/licences/${i}/validity`)] : []),
      ];
    }),
  ];
};
