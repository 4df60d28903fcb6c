import type { Licences } from '@zhengwu/licences';
import { dayOf } from '@zhengwu/clock';
import { fieldOf, sectionsOf } from './answers.ts';
import type { CaseWhole } from './case-view.ts';
import type { Desk } from './commands.ts';
import { fail } from './errors.ts';
import type { CaseService } from './ground.ts';
import { noticesOf, type NoticePrinter } from './notices.ts';
import type { HistoryRow } from './rows.ts';

const EVENT_OF: Readonly<Record<string, string>> = {
  receipt: 'received', acceptance: 'accepted', correction: 'correction', suspension: 'suspended', extension: 'extended', revocation: 'revoked',
};

const eventOf = (history: readonly HistoryRow[], kind: string): HistoryRow | undefined =>
  history.filter((entry) => entry.kind === (EVENT_OF[kind] ?? 'closed')).at(-1);

type Items = readonly { label: string; why?: string }[];

const itemsOf = (kind: string, whole: CaseWhole, service: CaseService): Items => {
  if (kind === 'receipt') return sectionsOf(service.form, whole.application.answers).map((section) => ({ label: section.title.zh }));
  if (kind === 'decision' || kind === 'revocation') return whole.licences.map((licence) => ({ label: licence.name.zh, why: licence.id }));
  if (kind !== 'correction') return [];
  return (whole.corrections.at(-1)?.items ?? []).map((item) => {
    const label = item.target === 'field' ? fieldOf(service.form, item.key)?.question.zh : service.materials.find((one) => one.code === item.key)?.name.zh;
    return { label: label ?? item.key, why: item.why };
  });
};

/** Prints notices from what the case holds; one that was never issued can't be printed. */
export const noticePrinter = (desk: Desk, licences: Licences, portal: string): NoticePrinter => async (whole, kind) => {
  const notice = noticesOf(whole).find((one) => one.kind === kind);
  const entry = eventOf(whole.history, kind);
  if (!notice || !entry) throw fail('case.unknown');
  const service = desk.serviceOf(whole.case.pack_hash, whole.case.service);
  const body = await licences.printer.notice({
    kind: notice.kind, title: notice.name, caseNumber: whole.case.number, applicant: whole.case.applicant_name, service: service.name, department: service.department.name,
    date: dayOf(new Date(notice.issuedAt)), address: `${portal}/cases/${whole.case.id}`, items: itemsOf(kind, whole, service),
    due: (kind === 'correction' ? whole.corrections.at(-1)?.due_on : whole.case.promised_due) ?? undefined,
    days: kind === 'suspension' ? whole.suspensions.at(-1)?.planned_days : whole.case.clock?.extended, reason: entry.detail_zh ?? undefined, phone: service.consultPhone,
  });
  return { body, type: 'application/pdf', name: `${notice.name.zh}-${whole.case.number}.pdf`, inline: true };
};
