import type { Text } from '@zhengwu/contracts';
import type { NoticeKind } from '@zhengwu/licences';
import type { CaseWhole } from './case-view.ts';
import { iso } from './case-view.ts';
import { closedStateOf } from './closing.ts';
import type { HistoryRow } from './rows.ts';

/** Written notices the law asks for, by the event that calls for each. */
const NOTICES: Readonly<Record<string, { kind: NoticeKind; name: Text }>> = {
  received: { kind: 'receipt', name: { zh: '接件回执', en: 'Receipt of application' } },
  accepted: { kind: 'acceptance', name: { zh: '受理通知书', en: 'Notice of acceptance' } },
  correction: { kind: 'correction', name: { zh: '一次性补正告知书', en: 'Notice of correction' } },
  suspended: { kind: 'suspension', name: { zh: '特别程序告知书', en: 'Notice of special procedure' } },
  extended: { kind: 'extension', name: { zh: '延长办理期限告知书', en: 'Notice of extension' } },
  revoked: { kind: 'revocation', name: { zh: '撤销决定书', en: 'Decision: revoked' } },
};

const CLOSING: Readonly<Record<number, { kind: NoticeKind; name: Text }>> = {
  4: { kind: 'notWithinScope', name: { zh: '不受理告知书', en: 'Notice: not within scope' } },
  5: { kind: 'refusedAcceptance', name: { zh: '不予受理决定书', en: 'Decision not to accept' } },
  11: { kind: 'decision', name: { zh: '准予决定书', en: 'Decision: approved' } },
  12: { kind: 'decision', name: { zh: '准予决定书（容缺）', en: 'Decision: approved, materials to follow' } },
  13: { kind: 'refusal', name: { zh: '不予批准决定书', en: 'Decision: not approved' } },
};

/** A decision stays on the page with what revoked it later. */
const noticeOf = (entry: HistoryRow) => (entry.kind === 'closed' ? CLOSING[closedStateOf(entry) ?? 0] : NOTICES[entry.kind]);

/** Notices that exist for a case, each once, with the day it was issued. */
export const noticesOf = (whole: CaseWhole): { kind: NoticeKind; name: Text; issuedAt: string }[] => {
  const found = new Map<string, { kind: NoticeKind; name: Text; issuedAt: string }>();
  for (const entry of whole.history) {
    const notice = noticeOf(entry);
    if (notice) found.set(notice.kind, { ...notice, issuedAt: iso(entry.at) });
  }
  return [...found.values()];
};

/** Prints a notice of a case as PDF; throws `case.unknown` when there is none of that kind. */
export type NoticePrinter = (whole: CaseWhole, kind: string) => Promise<{ body: Buffer; type: string; name: string; inline: boolean }>;
