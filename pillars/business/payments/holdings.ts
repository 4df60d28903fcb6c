import type { Holding } from '@zhengwu/module';
import { paidBy } from './store-holding.ts';

/** What this module holds about a person (个人信息保护法 §45). */
export const holdings = (): readonly Holding[] => [{ code: 'payments', title: { zh: '缴费', en: 'Payments' }, gather: paidBy }];
