import { listServices, type ServiceSummary } from '@zhengwu/contracts';
import { useRead } from '../base/calls.ts';

/** Services to choose from; the first hundred, which is every service of a city's packs so far. */
export const useServices = (): ServiceSummary[] => useRead(listServices, { query: { limit: 100 } }).data?.items ?? [];
