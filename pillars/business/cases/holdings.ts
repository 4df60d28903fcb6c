import type { Holding } from '@zhengwu/module';
import * as store from './store-holding.ts';

/** What this module holds about a person (个人信息保护法 §45). */
export const holdings = (): readonly Holding[] => [{
  code: 'cases', title: { zh: '办件', en: 'Cases' }, subjects: store.subjects, gather: store.gather, keeper: store.keeper,
}];
