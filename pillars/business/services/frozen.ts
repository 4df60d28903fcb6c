import { compileDecisions, evaluate, type DecisionModel } from '@zhengwu/decisions';
import { packHash, type LicenceType, type PackData, type Service } from '@zhengwu/pack';
import { compile, type Definition, type Json, type Variables } from '@zhengwu/processes';
import type { Text } from '@zhengwu/contracts';
import { inTodaysForm } from './earlier.ts';
import { fail } from './errors.ts';
import { fieldsRead, type FieldsRead } from './fields-read.ts';

/** A pack as it was frozen, compiled and ready to run. Nothing in it changes. */
export interface FrozenPack {
  readonly hash: string;
  readonly data: PackData;
  readonly services: ReadonlyMap<string, FrozenService>;
  readonly licences: ReadonlyMap<string, LicenceType>;
}

/** One service of a frozen pack with all that a case needs of it. */
export interface FrozenService {
  readonly packHash: string;
  readonly pack: PackData;
  readonly service: Service;
  readonly fieldsRead: FieldsRead;
  readonly definition: Definition;
  /** sha256 of the definition's canonical JSON. */
  readonly definitionHash: string;
  /** The model as drawn, for diagrams. */
  readonly xml: string;
  /** Processes of the pack by id, for call activities. */
  definitions(id: string): Definition | undefined;
  /** Asks a decision of the pack; a warning means that the value must not be relied on. */
  decide(name: string, input: Variables): { value: Json; warnings: readonly string[] };
  /** Both names of an element of the process. */
  elementName(element: string): Text;
}

const deciderOf = (models: readonly DecisionModel[]): FrozenService['decide'] => (name, input) => {
  const model = models.find((one) => one.names.has(name));
  if (!model) return { value: null, warnings: [`no decision ${name}`] };
  const { value, warnings } = evaluate(model, name, input);
  return { value, warnings: warnings.map((warning) => `${warning.element}: ${warning.message}`) };
};

interface Compiled {
  definition: Definition;
  xml: string;
  names: Readonly<Record<string, string>>;
}

/** Tasks take their name from the model; both languages travel in it, "受理 | Accept". */
const inBoth = (definition: Definition, names: Readonly<Record<string, string>>): Definition => ({
  ...definition,
  nodes: definition.nodes.map((node) => (names[node.id] ? { ...node, name: `${node.name ?? node.id} | ${names[node.id]}` } : node)),
});

const compileProcesses = async (data: PackData): Promise<Map<string, Compiled>> => {
  const compiled = await Promise.all(
    data.processes.map(async ({ code, xml, names }): Promise<[string, Compiled]> => {
      const { definitions } = await compile(xml);
      const definition = definitions.find((one) => one.id === code) ?? definitions[0];
      if (!definition) throw new Error(`process ${code} of pack ${data.code} does not compile`);
      return [code, { definition: inBoth(definition, names), xml, names }];
    }),
  );
  return new Map(compiled);
};

const serviceOf = (hash: string, pack: PackData, service: Service, processes: Map<string, Compiled>, decide: FrozenService['decide']): FrozenService => {
  const process = processes.get(service.process);
  if (!process) throw new Error(`service ${service.code} has no process ${service.process}`);
  const byId = new Map([...processes.values()].map(({ definition }) => [definition.id, definition]));
  return Object.freeze({
    packHash: hash, pack, service, fieldsRead: fieldsRead(pack, service), definition: process.definition, definitionHash: packHash(process.definition), xml: process.xml, decide,
    definitions: (id: string) => byId.get(id),
    elementName: (element: string) => {
      const [zh, en] = (process.definition.nodes.find((node) => node.id === element)?.name ?? element).split(' | ');
      return { zh: zh ?? element, en: en ?? zh ?? element };
    },
  });
};

/** Compiles a checked pack. Throws where it was not checked and does not compile. */
export const freeze = async (hash: string, stored: PackData): Promise<FrozenPack> => {
  const data = inTodaysForm(stored);
  const processes = await compileProcesses(data);
  const models = await Promise.all(data.decisions.map(async ({ code, xml }) => {
    const { model } = await compileDecisions(xml);
    if (!model) throw new Error(`decisions ${code} of pack ${data.code} do not compile`);
    return model;
  }));
  const decide = deciderOf(models);
  return Object.freeze({
    hash, data,
    services: new Map(data.services.map((service) => [service.code, serviceOf(hash, data, service, processes, decide)])),
    licences: new Map(data.licences.map((licence) => [licence.code, licence])),
  });
};

/** Asks a decision and refuses an answer with warnings. */
export const decided = (frozen: FrozenService, name: string, input: Readonly<Record<string, unknown>>): unknown => {
  const { value, warnings } = frozen.decide(name, input as Variables);
  if (warnings.length > 0) throw fail('service.decision-failed', { decision: name, warnings: warnings.join('; ') });
  return value;
};
