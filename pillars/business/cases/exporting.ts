import type { CaseSummary } from '@zhengwu/contracts';
import type { Exportable } from '@zhengwu/disclosure';
import type { Desk } from './commands.ts';
import { caseList } from './lists.ts';
import type { WorkStore } from './store-work.ts';

const PORTION = 100;
const HEADS = {
  zh: ['办件编号', '事项', '申请人', '状态', '部门', '提交时间', '办结时间', '承诺办结日', '渠道'],
  en: ['Case', 'Service', 'Applicant', 'State', 'Department', 'Submitted', 'Closed', 'Promised day', 'Channel'],
};

/** The list of cases as the page shows it, applicants masked as there. */
export const caseExport = (desk: Desk, work: WorkStore): Exportable => ({
  kind: 'cases', title: { zh: '办件清单', en: 'Cases' }, permission: 'case.read',
  filters: [{ name: 'from', title: { zh: '起始日', en: 'From day' } }, { name: 'to', title: { zh: '截止日', en: 'To day' } }, { name: 'state', title: { zh: '状态（1 至 15）', en: 'State, 1 to 15' } }, { name: 'service', title: { zh: '事项代码', en: 'Service code' } }],
  read: async (actor, { from, to, state, service }, most, language) => {
    const rows: (string | number | null)[][] = [];
    const known = Number(state);
    const lineOf = (one: CaseSummary) => [one.number, one.service.name[language], one.applicant, one.state, one.department.name[language], one.submittedAt, one.closedAt, one.promisedDue, one.channel];
    for (let after: string | undefined; rows.length < most;) {
      const page = await caseList(desk, work, actor, { limit: PORTION, ...(from ? { from } : {}), ...(to ? { to } : {}), ...(known >= 1 && known <= 15 ? { state: known } : {}), ...(service ? { service } : {}), ...(after ? { after } : {}) });
      rows.push(...page.items.map(lineOf));
      if (page.next === null) break;
      after = page.next;
    }
    return { heads: HEADS[language], rows: rows.slice(0, most) };
  },
});
