import type { Register } from '@zhengwu/pack';
import { address } from './address-kind.ts';
import { company } from './company.ts';
import type { Kind, KindCode } from './kind.ts';
import { person } from './person.ts';

/** How records of one register are compared. */
export interface Profile {
  register: string;
  kind: Kind;
  /** Which field of the record plays which part. */
  columns: Readonly<Record<string, string>>;
}

export const kinds: Readonly<Record<KindCode, Kind>> = { person, company, address };

const PARTS: Readonly<Record<KindCode, Readonly<Record<string, readonly string[]>>>> = {
  person: { name: ['name'], birth: ['birth', 'bornOn', 'birthday'], sex: ['sex', 'gender'], phone: ['phone', 'mobile', 'telephone'], address: ['address'] },
  company: { name: ['name', 'taxpayerName', 'enterpriseName'], representative: ['legalRepresentative', 'representative'], founded: ['foundedOn', 'founded', 'registeredOn'], address: ['address'] },
  address: { address: ['text', 'fullAddress', 'standardAddress', 'address'], road: ['street', 'road'], number: ['number', 'houseNumber'] },
};

const columnsOf = (register: Register, kind: KindCode, number?: string): Record<string, string> => {
  const keys = new Set(register.fields.map(({ key }) => key));
  const found = Object.entries(PARTS[kind]).flatMap(([part, names]) => {
    const name = names.find((one) => keys.has(one));
    return name === undefined ? [] : [[part, name] as const];
  });
  return { ...(number === undefined ? {} : { number }), ...Object.fromEntries(found) };
};

/** How a register is matched, told from the identifiers that its fields declare; null where it names neither people, companies nor addresses. */
export const profileOf = (register: Register): Profile | null => {
  const identified = (as: string): string | undefined => register.fields.find(({ key, identifier }) => identifier === as && key === register.key)?.key ?? register.fields.find(({ identifier }) => identifier === as)?.key;
  const [citizenNumber, uscc] = [identified('citizenNumber'), identified('uscc')];
  for (const [kind, number] of [['person', citizenNumber], ['company', uscc]] as const) {
    const columns = number === undefined ? {} : columnsOf(register, kind, number);
    if (columns['name'] !== undefined && number === register.key) return { register: register.code, kind: kinds[kind], columns };
  }
  // What merely has an address, such as a building, is something else; an address has its street and number besides its text.
  const columns = columnsOf(register, 'address');
  return ['address', 'road', 'number'].every((part) => columns[part] !== undefined) ? { register: register.code, kind: address, columns } : null;
};

export const featuresOf = ({ kind, columns }: Profile, record: Readonly<Record<string, unknown>>): string[] => kind.features(record, columns);

/** FNV-1a twice with other seeds: 52 bits, an integer that both JavaScript and SQL hold. */
const hashOf = (text: string): number => {
  let [low, high] = [0x811c9dc5, 0x050c5d1f];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x01000197) ^ (high >>> 15);
  }
  return (high >>> 0) * 0x10_0000 + ((low ^ (low >>> 12)) & 0xf_ffff);
};

/** How many blocking keys an entry has room for. */
export const BLOCKS = 6;

/** Blocking keys as they are stored: register, which key it is and its value, hashed; null where there is none. */
export const blocksOf = ({ register, kind }: Pick<Profile, 'register' | 'kind'>, features: readonly string[]): (number | null)[] => {
  const values = kind.blocks(features);
  return Array.from({ length: BLOCKS }, (_, at) => {
    const value = values[at];
    return value === null || value === undefined ? null : hashOf(`${register} ${at} ${value}`);
  });
};
