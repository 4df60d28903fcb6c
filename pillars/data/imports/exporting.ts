import { dayOf, isDay } from '@zhengwu/clock';
import { Directory } from '@zhengwu/directory';
import type { Exportable } from '@zhengwu/disclosure';
import type { Site } from '@zhengwu/module';
import { maskRecord, recordsOn, Registers } from '@zhengwu/registers';
import { fail } from './errors.ts';
import { fillable } from './importing.ts';

const cellOf = (value: unknown): string | number | null => (value === null || value === undefined ? null : typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value));

/** A register as it holds on a day, each field as the reader's class may see it; quota, approval and record are those of every export. */
export const registerExport = (site: Site): Exportable => ({
  kind: 'register-records', title: { zh: '基础库记录', en: 'Records of a register' }, permission: 'register.read',
  filters: [{ name: 'register', title: { zh: '基础库代码', en: 'Code of the register' }, required: true }, { name: 'day', title: { zh: '日期', en: 'Day' } }],
  shows: ['citizen-number', 'mobile-phone', 'bank-card', 'travel-document'],
  read: async (actor, filter, most, language) => {
    const register = fillable(site, actor).find(({ code }) => code === filter['register']);
    if (!register) throw fail('import.register', { register: filter['register'] ?? '' });
    const day = filter['day'] && isDay(filter['day']) ? filter['day'] : dayOf(site.clock.now());
    const directory = site.use(Directory);
    const own = actor.scope === 'all' ? actor.homeDepartments : actor.departments;
    const reader = { own: false, official: true, departments: own.flatMap((id) => directory.departmentById(id)?.code ?? []) };
    const records = await site.database.as(site.database.system, (tx) => recordsOn(tx, register.code, day, actor.clearance, most), { readOnly: true });
    return {
      heads: register.fields.map(({ label }) => label[language]),
      rows: records.map((record) => Object.values(maskRecord(site.use(Registers).definition(register.code) ?? register, record, reader)).map(cellOf)),
    };
  },
});
