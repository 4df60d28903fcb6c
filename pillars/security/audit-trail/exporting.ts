import { auditReports } from '@zhengwu/contracts';
import { auditEvents } from '@zhengwu/audit';
import type { Exportable } from '@zhengwu/disclosure';
import { fail } from './errors.ts';
import { shown } from './masking.ts';
import type { Site } from '@zhengwu/module';
import * as reading from './store-reading.ts';
import * as store from './store.ts';

const PORTION = 500;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const from = { name: 'from', title: { zh: '起始日', en: 'From day' }, required: true } as const;
const until = { name: 'until', title: { zh: '截止日', en: 'Until day' }, required: true } as const;
const dayOf = (text: string | undefined): string => {
  if (text === undefined || !DAY.test(text) || Number.isNaN(Date.parse(text))) throw fail('trail.no-day');
  return text;
};
/** Midnight in the city at the beginning of a day, or of the one after it. */
const midnight = (day: string, plus = 0): string => new Date(Date.parse(`${day}T00:00:00+08:00`) + plus * 86_400_000).toISOString();

const records = (site: Site): Exportable => ({
  kind: 'audit-records', title: { zh: '审计记录', en: 'Audit records' }, permission: 'audit.read', filters: [from, until, { name: 'event', title: { zh: '事件', en: 'Event' } }],
  read: async (actor, filter, most, language) => {
    const rows: (string | null)[][] = [];
    const names = auditEvents();
    const wanted = { from: midnight(dayOf(filter['from'])), until: midnight(dayOf(filter['until']), 1), ...(filter['event'] ? { event: filter['event'] } : {}) };
    for (let after: string | undefined; rows.length < most;) {
      const found = await site.database.as(actor, (tx) => store.search(tx, { ...wanted, ...(after ? { after } : {}) }, PORTION), { readOnly: true });
      for (const one of found) rows.push([new Date(one.at).toISOString(), one.name, one.event, names.get(one.event)?.[language] ?? '', one.subject, one.address, one.request, JSON.stringify(shown(one.detail))]);
      after = found.at(-1)?.id;
      if (found.length < PORTION) break;
    }
    return { heads: language === 'zh' ? ['时间', '姓名', '事件代码', '事件', '对象', '地址', '请求编号', '详情'] : ['Time', 'Name', 'Event code', 'Event', 'Subject', 'Address', 'Request', 'Particulars'], rows: rows.slice(0, most) };
  },
});

const figures = (site: Site): Exportable => ({
  kind: 'audit-report', title: { zh: '审计统计', en: 'Audit figures' }, permission: 'audit.read', filters: [{ name: 'report', title: { zh: '统计', en: 'Report' }, required: true }, from, until],
  read: async (_, filter, most, language) => {
    const kind = auditReports.find((one) => one === filter['report']);
    if (!kind) throw fail('trail.no-day');
    const personal = [...auditEvents()].filter(([, event]) => event.personal).map(([event]) => event);
    const rows = await site.database.as(site.database.system, (tx) => reading.report(tx, kind, dayOf(filter['from']), dayOf(filter['until']), personal), { readOnly: true });
    const names = auditEvents();
    return { heads: language === 'zh' ? ['名称', '次数', '人数或对象'] : ['Name', 'Count', 'People or subjects'], rows: rows.slice(0, most).map((row) => [row.name?.[language] ?? names.get(row.key)?.[language] ?? row.key, row.count, row.people]) };
  },
});

/** The lists of the trail that can be exported. */
export const exportables = (site: Site): Exportable[] => [records(site), figures(site)];
