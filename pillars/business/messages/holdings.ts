import type { Tx } from '@zhengwu/database';
import type { Holding } from '@zhengwu/module';
import { told } from './store.ts';
import { wordingOf } from './templates.ts';

const gather = async (tx: Tx, person: string): Promise<Record<string, unknown>[]> =>
  (await told(tx, person)).map(({ template, params, sent_at, read_at }) => ({ ...wordingOf(template, params), sentAt: sent_at, readAt: read_at }));

/** What this module holds about a person (个人信息保护法 §45). */
export const holdings = (): readonly Holding[] => [{ code: 'messages', title: { zh: '消息', en: 'Messages' }, gather }];
