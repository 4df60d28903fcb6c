import { lazy } from 'react';
import type { dataDoors } from '../../base/data-doors.ts';
import { Centre, type CentreGroup } from '../../parts/centre.tsx';

/** The pages of the data centre by what they are for, each for those whose permissions open its door. */
export const dataGroups: readonly CentreGroup<(typeof dataDoors)[number]>[] = [
  {
    text: 'data.group.registers', pages: [
      { path: 'registers', text: 'registers.title', door: 'registers', Page: lazy(async () => ({ default: (await import('./register-list.tsx')).RegisterPages })) },
      { path: 'challenges', text: 'challenges.title', door: 'challenges', Page: lazy(async () => ({ default: (await import('./register-challenges.tsx')).RegisterChallenges })) },
    ],
  },
  {
    text: 'data.group.catalogue', pages: [
      { path: 'catalogue', text: 'catalogue.title', door: 'catalogue', Page: lazy(async () => ({ default: (await import('./catalogue.tsx')).CataloguePages })) },
      { path: 'requests', text: 'catalogue.requests', door: 'resourceRequests', Page: lazy(async () => ({ default: (await import('./catalogue-requests.tsx')).ResourceRequests })) },
      { path: 'demands', text: 'demands.title', door: 'catalogue', Page: lazy(async () => ({ default: (await import('./demands.tsx')).DemandPages })) },
    ],
  },
  {
    text: 'data.group.exchange', pages: [
      { path: 'exchange', text: 'exchange.title', door: 'exchange', Page: lazy(async () => ({ default: (await import('./exchange.tsx')).ExchangePage })) },
      { path: 'exchange-services', text: 'exchange.services', door: 'exchange', Page: lazy(async () => ({ default: (await import('./exchange-services.tsx')).ExchangeServicePages })) },
      { path: 'exchange-log', text: 'exchange.log', door: 'exchange', Page: lazy(async () => ({ default: (await import('./exchange-log.tsx')).ExchangeLogPages })) },
      { path: 'gathered', text: 'gathered.title', door: 'gathered', Page: lazy(async () => ({ default: (await import('./gathered.tsx')).GatheredPages })) },
      { path: 'flows', text: 'flows.title', door: 'flows', Page: lazy(async () => ({ default: (await import('./flows.tsx')).FlowsPage })) },
      { path: 'adapters', text: 'adapters.title', door: 'adapters', Page: lazy(async () => ({ default: (await import('./adapters.tsx')).AdapterPages })) },
    ],
  },
  { text: 'data.group.filling', pages: [{ path: 'imports', text: 'imports.title', door: 'imports', Page: lazy(async () => ({ default: (await import('./imports.tsx')).ImportPages })) }, { path: 'matching', text: 'matching.title', door: 'matches', Page: lazy(async () => ({ default: (await import('./matching.tsx')).MatchingPages })) }, { path: 'consolidation', text: 'consolidation.title', door: 'oldCentres', Page: lazy(async () => ({ default: (await import('./consolidation.tsx')).ConsolidationPages })) }, { path: 'quality', text: 'quality.title', door: 'quality', Page: lazy(async () => ({ default: (await import('./quality.tsx')).QualityPages })) }] },
];

/** Data: registers, catalogue, exchange, what fills them; a page each. */
export const DataCentre = () => <Centre at="/data" text="nav.data" groups={dataGroups} />;
