import type { Route } from '../server/route.ts';
import { accountRoutes } from './account.ts';
import { applyRoutes } from './apply.ts';
import { caseRoutes } from './cases.ts';
import { factorRoutes } from './factors.ts';
import { myRoutes } from './my.ts';
import { openRoutes } from './open.ts';
import { openDataRoutes } from './open-data.ts';
import { outsideRoutes } from './outside.ts';
import { privacyRoutes } from './privacy.ts';
import { recordRoutes } from './records.ts';
import { serviceRoutes } from './services.ts';
import { togetherRoutes } from './together.ts';

/** Every page of the portal. Each exists under `/` in Chinese and under `/en/` in English. */
export const routes: readonly Route[] = [...openRoutes, ...openDataRoutes, ...serviceRoutes, ...accountRoutes, ...factorRoutes, ...outsideRoutes, ...applyRoutes, ...caseRoutes, ...myRoutes, ...privacyRoutes, ...recordRoutes, ...togetherRoutes];
