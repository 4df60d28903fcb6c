import { Errors } from 'typebox/value';
import { PackData } from '../schema/pack.ts';
import { checkDecisions } from './decisions.ts';
import type { PackEngines } from './engines.ts';
import { finding, rule, type Finding } from './finding.ts';
import { checkForms } from './forms.ts';
import { checkListing } from './listing.ts';
import { checkProcesses } from './processes.ts';
import { checkReferences } from './references.ts';
import { checkRegisters } from './registers.ts';

const shape = rule('pack.shape', '内容不合服务包格式：{detail}', 'Does not fit the pack format: {detail}', '按格式改正该处。', 'Correct this place to fit the format.');

/**
 * Everything that is wrong with a pack, all at once: its shape, the national consistency rules, and what its parts
 * say of each other. An empty list means that it may be frozen and run.
 */
export const checkPack = async (data: unknown, engines: PackEngines): Promise<Finding[]> => {
  const misfits = Errors(PackData, data);
  if (misfits.length > 0) return misfits.map((error) => finding(shape, error.instancePath, `${error.message} ${JSON.stringify(error.params)}`));
  const pack = data as PackData;
  const decisions = await checkDecisions(pack, engines);
  return [
    ...pack.services.flatMap((service, i) => checkListing(service.listing, `/services/${i}/listing`)),
    ...checkReferences(pack, engines),
    ...checkRegisters(pack, engines),
    ...checkForms(pack, engines),
    ...decisions.findings,
    ...(await checkProcesses(pack, engines, decisions.names)),
  ];
};
