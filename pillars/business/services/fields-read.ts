import type { PackData, Service } from '@zhengwu/pack';

/** The fields of each fact that are read; null where one is read whole. */
export type FieldsRead = ReadonlyMap<string, ReadonlySet<string> | null>;

const readOf = (text: string, fact: string): ReadonlySet<string> | null => {
  const isReadWhole = new RegExp(`(?<![\\w.])facts\\.${fact}(?![\\w.])`).test(text);
  return isReadWhole ? null : new Set([...text.matchAll(new RegExp(`(?<![\\w.])facts\\.${fact}\\.([A-Za-z_]\\w*)`, 'g'))].map((match) => match[1] ?? ''));
};

/**
 * What a service reads of the records it looks up, by its own expressions, process and decisions: only that is taken from
 * the registers into the application (个人信息保护法 §6, the minimum that the purpose needs). A process that reads records by name takes them whole.
 */
export const fieldsRead = (pack: PackData, service: Service): FieldsRead => {
  const text = [JSON.stringify(service), ...pack.processes.map(({ xml }) => xml), ...pack.decisions.map(({ xml }) => xml)].join('\n');
  const takesWhole = text.includes('registers.read');
  return new Map(service.facts.map(({ name }) => [name, takesWhole ? null : readOf(text, name)]));
};
