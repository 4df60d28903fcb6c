import { expect, test } from 'vitest';
import { makeCity } from '@zhengwu/demo';
import { isDivisionCode, isUscc } from '@zhengwu/ids';
import { evaluatePack, recordIssues, type PackData } from '@zhengwu/pack';
import { packFolders } from '../packs.ts';

const checks = { isIdentifier: (kind: string, value: string): boolean => (kind === 'uscc' ? isUscc(value) : isDivisionCode(value)) };

test('records of geography, economy and credit fit their registers, and their references lead somewhere', async () => {
  const { records } = makeCity({ today: '2026-11-23', size: { residents: 100, companies: 40, cases: 0, buildings: 60 } });
  const folders = packFolders().filter((folder) => /(geography|economy)$/.test(folder));
  const packs = await Promise.all(folders.map((folder) => evaluatePack(folder)));
  const registers = packs.flatMap(({ data }) => (data as PackData).registers);
  expect(registers.map(({ code }) => code).sort()).toEqual(['addresses', 'buildings', 'credit-records', 'economic-indicators', 'parcels', 'place-names']);
  const keys = (code: string) => new Set(records.filter(({ register }) => register === code).map(({ key }) => key));
  for (const register of registers) {
    const own = records.filter((one) => one.register === register.code);
    expect(own.length, register.code).toBeGreaterThan(0);
    expect(own.flatMap(({ data }) => recordIssues(register, data, checks))).toEqual([]);
    expect(own.filter(({ key, data }) => data[register.key] !== key)).toEqual([]);
    for (const rule of register.quality ?? []) {
      if (rule.kind !== 'consistency' || rule.register === undefined) continue;
      const known = keys(rule.register);
      expect(own.filter(({ data }) => data[rule.fields[0] ?? ''] !== undefined && !known.has(String(data[rule.fields[0] ?? '']))), rule.code).toEqual([]);
    }
  }
});
