import { createHash } from 'node:crypto';
import type { Definition } from './engine/model.ts';
import { compile } from './engine/compile.ts';
import { fail } from './errors.ts';

/** One process of a BPMN file under the hash that names it for ever. */
export interface NamedDefinition {
  readonly hash: string;
  /** Hash of the file. */
  readonly source: string;
  readonly definition: Definition;
  readonly xml: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The hash under which the process `id` of this BPMN text is stored. */
export const definitionHash = (xml: string, id: string): string => sha256(`${id}\n${xml}`);

/** Compiles every executable process of the file; throws `process.refused` with all issues when one can't be run. */
export async function nameDefinitions(xml: string): Promise<NamedDefinition[]> {
  const { definitions, issues } = await compile(xml);
  if (issues.length > 0) {
    const reasons = issues.map(({ element, reason }) => (element ? `${element}: ${reason}` : reason)).join('; ');
    throw fail('process.refused', { reasons }, { extra: { issues } });
  }
  return definitions.map((definition) => ({ hash: definitionHash(xml, definition.id), source: sha256(xml), definition, xml }));
}
