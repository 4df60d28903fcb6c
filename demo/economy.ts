import { addDays } from '@zhengwu/clock';
import type { DemoCompany } from './companies.ts';
import { cityDivision } from './organisation.ts';
import { randomOf } from './random.ts';
import type { DemoRecord } from './registers.ts';

const cause = '演示数据初始导入';
const YEARS = 3;

/** Indicator, name, unit, frequency, first value, growth a period in per cent; a value of the CPI says where it lies about 100. */
const series = [
  ['gdp', '地区生产总值', '亿元', 'quarter', 412, 1.4], ['revenue', '一般公共预算收入', '亿元', 'month', 9.6, 0.4], ['investment', '固定资产投资额', '亿元', 'month', 31, 0.5],
  ['cpi', '居民消费价格指数', '上年同月=100', 'month', 100.8, 0], ['trade', '进出口总额', '亿元', 'month', 22, 0.6], ['jobs', '城镇新增就业', '万人', 'month', 0.42, 0.2],
] as const;

const lastDay = (year: number, month: number): string => addDays(`${month === 12 ? year + 1 : year}-${String(month === 12 ? 1 : month + 1).padStart(2, '0')}-01`, -1);

/** What the statistics office has published until `today`, each value on the 20th day after its period. */
const indicatorRows = (seed: number, today: string): DemoRecord[] => {
  const random = randomOf(seed, 'economy');
  const first = Number(today.slice(0, 4)) - YEARS;
  return series.flatMap(([indicator, name, unit, frequency, start, growth]) => {
    const step = frequency === 'quarter' ? 3 : 1;
    return Array.from({ length: ((YEARS + 1) * 12) / step }, (_, n): DemoRecord[] => {
      const month = (n * step + step) % 12 || 12;
      const year = first + Math.floor((n * step + step - 1) / 12);
      const publishOn = addDays(lastDay(year, month), 20);
      const value = Math.round(start * (1 + growth / 100) ** n * (1 + random.int(-15, 15) / 1000) * 100) / 100;
      if (publishOn > today) return [];
      const period = frequency === 'quarter' ? `${year}Q${month / 3}` : `${year}-${String(month).padStart(2, '0')}`;
      const code = `${indicator}-${period}`;
      return [{ register: 'economic-indicators', key: code, validFrom: publishOn, cause, data: { code, indicator, name, period, frequency, unit, value, publishOn, division: cityDivision } }];
    }).flat();
  });
};

const kinds = [
  ['reward', '纳税信用A级纳税人', '云川市税务局'], ['commitment', '信用承诺书：依法诚信经营', '云川市市场监督管理局'], ['penalty', '未按规定公示年度报告，罚款', '云川市市场监督管理局'], ['abnormal', '通过登记的住所无法联系，列入经营异常名录', '云川市市场监督管理局'],
] as const;

const creditRows = (seed: number, today: string, companies: readonly DemoCompany[]): DemoRecord[] => {
  const random = randomOf(seed, 'credit');
  return companies.flatMap((company, n): DemoRecord[] => {
    if (!random.chance(0.15)) return [];
    const [kind, content, decidedBy] = kinds[random.int(0, kinds.length - 1)] ?? kinds[0];
    const decided = addDays(today, -random.int(10, 900));
    const decidedOn = decided < company.founded ? company.founded : decided;
    const shownUntil = addDays(decidedOn, 3 * 365);
    const number = `云信〔${decidedOn.slice(0, 4)}〕${String(n + 1).padStart(5, '0')}号`;
    return [{ register: 'credit-records', key: number, validFrom: decidedOn, cause, data: { number, uscc: company.uscc, entity: company.name, kind, content, decidedBy, decidedOn, shownUntil, status: shownUntil < today ? 'ended' : 'shown' } }];
  });
};

/** Values of the macro-economic indicators, and what is said of companies' credit. */
export const economyOf = (seed: number, today: string, companies: readonly DemoCompany[]): DemoRecord[] => [...indicatorRows(seed, today), ...creditRows(seed, today, companies)];
