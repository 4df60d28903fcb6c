import { dayOf } from '@zhengwu/clock';
import { Directory } from '@zhengwu/directory';
import type { Site } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import type { Vouched } from './claims.ts';

export interface VouchedPerson {
  /** The id that the directory has, or would give. */
  id: string;
  name: string;
  citizenNumber: string;
}

/** What the population register says of a number; null where it knows none, or the site keeps no such register. */
const registered = async (site: Site, citizenNumber: string): Promise<Record<string, unknown> | null> => {
  const registers = site.find(Registers);
  if (!registers?.definition('population')) return null;
  return (await registers.lookUp([{ register: 'population', key: citizenNumber }], dayOf(site.clock.now())))[0]?.data ?? null;
};

/** Whom a source vouches for with a checked number; null where it vouches for nobody; `contradiction` where the city's own records say otherwise. */
export const personVouchedFor = async (site: Site, { name, citizenNumber, isMalformed }: Pick<Vouched, 'name' | 'citizenNumber' | 'isMalformed'>): Promise<VouchedPerson | 'contradiction' | null> => {
  if (isMalformed) return 'contradiction';
  if (citizenNumber === null || name === null) return null;
  const { principals } = site.use(Directory);
  const [known, record] = await Promise.all([principals.byIdentifier(citizenNumber), registered(site, citizenNumber)]);
  if (known && (known.kind !== 'person' || known.name !== name)) return 'contradiction';
  if (record && (record['name'] !== name || (record['status'] !== undefined && record['status'] !== 'living'))) return 'contradiction';
  const id = known?.id ?? principals.rowOf({ kind: 'person', name, identifier: citizenNumber, phone: null, email: null }).id;
  return { id, name, citizenNumber };
};
