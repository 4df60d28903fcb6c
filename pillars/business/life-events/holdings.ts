import type { Holding } from '@zhengwu/module';
import { held } from './store.ts';

/** What this module holds about a person (个人信息保护法 §45): what they applied for as one; the answers are with the cases. */
export const holdings = (): readonly Holding[] => [{ code: 'life-events', title: { zh: '一件事申请', en: 'Applications for life events' }, gather: held }];
