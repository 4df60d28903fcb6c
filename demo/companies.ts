import { addDays } from '@zhengwu/clock';
import { ageOn } from './dates.ts';
import { usccOf } from './identifiers.ts';
import { districtDivisions, divisions } from './organisation.ts';
import { randomOf, type Random } from './random.ts';
import type { DemoResident } from './residents.ts';
import { brands, streets, trades, type Trade } from './words.ts';

/** One row of the register of legal entities. */
export interface DemoCompany {
  /** Principal id. */
  id: string;
  uscc: string;
  name: string;
  kind: '有限责任公司' | '个人独资企业' | '股份有限公司' | '合伙企业';
  /** Principal id of a resident. */
  representative: string;
  representativeName: string;
  shareholders: { person: string; name: string; sharePercent: number }[];
  /** Registered capital in fen. */
  capital: number;
  founded: string;
  division: string;
  address: string;
  industry: string;
  scope: string;
  status: '存续' | '注销' | '吊销';
  phone: string;
  email: string;
}

const kinds = [['有限责任公司', 88], ['个人独资企业', 6], ['合伙企业', 4], ['股份有限公司', 2]] as const;

const formOf = (kind: DemoCompany['kind']): string => (
  { 有限责任公司: '有限公司', 股份有限公司: '股份有限公司', 个人独资企业: '工作室', 合伙企业: '合伙企业（普通合伙）' }[kind]
);

const addressOf = (random: Random, division: string): string => {
  const district = divisions.find(one => one.code === division)!.name.zh;
  return `云川市${district}${random.pick(streets[division]!).zh}${String(random.int(1, 299))}号${String(random.int(1, 30))}层${String(random.int(1, 12))}室`;
};

/** Names are given once in the city: a brand and a trade together, with a number of syllables where brands run out. */
const naming = (random: Random): ((trade: Trade, kind: DemoCompany['kind']) => string) => {
  const used = new Set<string>();
  return (trade, kind) => {
    for (;;) {
      const brand = random.pick(brands) + (random.chance(0.7) ? random.pick(brands).slice(0, 1) : '');
      const name = `云川市${brand}${trade.word}${formOf(kind)}`;
      if (!used.has(name)) {
        used.add(name);
        return name;
      }
    }
  };
};

const shareholdersOf = (random: Random, owner: DemoResident, adults: readonly DemoResident[]): DemoCompany['shareholders'] => {
  const others = random.weighted([[0, 6], [1, 3], [2, 1]] as const);
  const partners = new Map([[owner.id, owner]]);
  for (let i = 0; i < others; i++) {
    const partner = random.pick(adults);
    partners.set(partner.id, partner);
  }
  const rest = Math.floor(40 / Math.max(1, partners.size - 1));
  return [...partners.values()].map((person, index) => ({
    person: person.id,
    name: person.name,
    sharePercent: index > 0 ? rest : 100 - rest * (partners.size - 1),
  }));
};

/** Companies with legal representatives among the residents; the first is that of the guided tour. */
export const companiesOf = (seed: number, count: number, today: string, residents: readonly DemoResident[]): DemoCompany[] => {
  const random = randomOf(seed, 'companies');
  const name = naming(random);
  const adults = residents.filter(one => ageOn(one.birth, today) >= 22 && ageOn(one.birth, today) < 65 && one.username === null);
  const tour = residents.find(one => one.username === 'citizen05')!;
  return Array.from({ length: count }, (_, index): DemoCompany => {
    const trade = random.pick(trades);
    const kind = index === 0 ? '有限责任公司' : random.weighted(kinds);
    const owner = index === 0 ? tour : random.pick(adults);
    const division = index === 0 ? tour.division : random.pick(districtDivisions);
    const yuan = random.pick([100_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000]);
    return {
      id: random.uuid(Date.UTC(2026, 0, 3) + index),
      uscc: usccOf('9', '1', division, 90_000_000 + index),
      name: name(trade, kind),
      kind,
      representative: owner.id,
      representativeName: owner.name,
      shareholders: kind === '个人独资企业' ? [{ person: owner.id, name: owner.name, sharePercent: 100 }] : shareholdersOf(random, owner, adults),
      capital: yuan * 100,
      founded: addDays(today, -random.int(40, 5400)),
      division,
      address: addressOf(random, division),
      industry: trade.industry,
      scope: trade.scope.join('；'),
      status: index === 0 ? '存续' : random.weighted([['存续', 94], ['注销', 5], ['吊销', 1]] as const),
      phone: `0990-12${String(6_000_000 + index)}`,
      email: `office@company${String(index + 1).padStart(4, '0')}.example`,
    };
  });
};
