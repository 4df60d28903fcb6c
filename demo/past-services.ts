import type { Text } from '@zhengwu/contracts';

/** What the past of one service is made from; limits are those of its listing, in working days. */
export interface PastService {
  code: string;
  name: Text;
  department: string;
  promisedDays: number;
  statutoryDays: number;
  /** Decided from registers, mostly with no hand touching it. */
  immediate: boolean;
  papers: number;
  visits: number;
  weight: number;
}

export const pastServices: readonly PastService[] = [
  {
    code: 'identity-card-replacement', name: { zh: '居民身份证补领', en: 'Replacement of a resident identity card' }, department: 'YC-GA-HZ',
    promisedDays: 7, statutoryDays: 20, immediate: false, papers: 1, visits: 0, weight: 42,
  },
  {
    code: 'enterprise-establishment', name: { zh: '企业设立登记', en: 'Establishment of an enterprise' }, department: 'YC-SC',
    promisedDays: 3, statutoryDays: 10, immediate: false, papers: 3, visits: 0, weight: 18,
  },
  {
    code: 'driver-licence-first-issue', name: { zh: '机动车驾驶证初次申领', en: 'Driver’s licence: first issue' }, department: 'YC-GA-JG',
    promisedDays: 2, statutoryDays: 5, immediate: false, papers: 1, visits: 1, weight: 12,
  },
  {
    code: 'driver-licence-renewal', name: { zh: '机动车驾驶证期满换证', en: 'Driver’s licence: renewal' }, department: 'YC-GA-JG',
    promisedDays: 0, statutoryDays: 1, immediate: true, papers: 0, visits: 0, weight: 28,
  },
];
