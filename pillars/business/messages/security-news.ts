import type { Event } from '@zhengwu/events';
import type { Tx } from '@zhengwu/database';
import { messageRow } from './rows.ts';
import { holdersOfPermission, ownerOfAccount, writeAll } from './store.ts';

/** One message for each of these people; the same key tells nobody twice. */
const tellAll = (tx: Tx, people: readonly (string | null | undefined)[], template: string, params: Record<string, unknown>, key: string, at: Date): Promise<void> =>
  writeAll(tx, [...new Set(people)].filter((to) => typeof to === 'string').map((to) => messageRow({ to, template, params, caseId: null, key: `${key}:${to}`, at })));

const dayOf = (instant: unknown): string => new Date(Date.parse(String(instant)) + 8 * 3_600_000).toISOString().slice(0, 10);
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** A person's own certificate is theirs to renew; an institution's or a device's, of whoever asked for it. */
const tellExpiring = (tx: Tx, { payload, id, at }: Event): Promise<void> =>
  tellAll(tx, [textOf(payload['person']) ?? textOf(payload['requester'])], 'certificateExpiring', { name: payload['name'], date: dayOf(payload['notAfter']), serial: payload['serial'] }, `event:${id}`, at);

const MEANS: Readonly<Record<string, readonly [string, string]>> = { window: ['窗口核验', 'at a window'], recovery: ['恢复码', 'by a recovery code'], 'two-administrators': ['两名管理员', 'by two administrators'] };

/** Whoever did not do it themselves should hear of it. */
const tellRecovered = async (tx: Tx, { payload, id, at }: Event): Promise<void> => {
  const [zh, en] = MEANS[String(payload['means'])] ?? ['管理员', 'by an administrator'];
  const when = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
  await tellAll(tx, [await ownerOfAccount(tx, String(payload['account']))], 'accountRecovered', { means: zh, meansEn: en, at: when }, `event:${id}`, at);
};

const KINDS: Readonly<Record<string, readonly [string, string]>> = { due: ['即将到期', 'is due soon'], overdue: ['已经逾期', 'is overdue'], review: ['需要复核', 'is to be reviewed'], escalated: ['逾期已上报给您', 'is overdue and was brought to you'] };

const tellReminded = (tx: Tx, { payload, at }: Event): Promise<void> => {
  const [zh, en] = KINDS[String(payload['kind'])] ?? ['需要处理', 'needs you'];
  const params = { number: payload['number'], title: payload['title'], what: zh, whatEn: en, due: payload['due'] ?? '—' };
  return tellAll(tx, [textOf(payload['person'])], 'governanceReminder', params, `governance:${String(payload['entry'])}:${String(payload['kind'])}:${String(payload['day'])}`, at);
};

/** Alerts of the defence wait for those who may act on them. */
const tellDefence = async (tx: Tx, { payload, subject, at }: Event): Promise<void> => {
  if (payload['severity'] !== 'high' && payload['severity'] !== 'critical') return;
  await tellAll(tx, await holdersOfPermission(tx, 'defence.keep'), 'defenceAlert', { kind: payload['kind'] }, `defence:${subject}`, at);
};

const NEWS: Readonly<Record<string, (tx: Tx, event: Event) => Promise<void>>> = { 'certificate.expiring': tellExpiring, 'recovery.done': tellRecovered, 'governance.reminded': tellReminded, 'defence.alerted': tellDefence };

/** What of security people hear of by message: security itself knows no mail, it tells what happened. */
export const securityNews = { types: Object.keys(NEWS), tell: (event: Event, tx: Tx): Promise<void> => NEWS[event.type]?.(tx, event) ?? Promise.resolve() };
