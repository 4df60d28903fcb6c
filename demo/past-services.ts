/** What the past of one service is made from; limits are those of its listing, in working days. */
export interface PastService {
  code: string;
  promisedDays: number;
  statutoryDays: number;
  /** Decided from registers, mostly with no hand touching it. */
  immediate: boolean;
  weight: number;
}

export const pastServices: readonly PastService[] = [
  {
    code: 'identity-card-replacement',
    promisedDays: 7, statutoryDays: 20, immediate: false, weight: 42,
  },
  {
    code: 'enterprise-establishment',
    promisedDays: 3, statutoryDays: 10, immediate: false, weight: 18,
  },
  {
    code: 'driver-licence-first-issue',
    promisedDays: 2, statutoryDays: 5, immediate: false, weight: 12,
  },
  {
    code: 'driver-licence-renewal',
    promisedDays: 0, statutoryDays: 1, immediate: true, weight: 28,
  },
];
