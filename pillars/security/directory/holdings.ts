import type { Holding, Site } from '@zhengwu/module';
import { Directory } from './directory.ts';
import { mandatesAbout } from './store-holding.ts';

/** What this module holds about a person (个人信息保护法 §45). */
export const holdings = (site: Site): readonly Holding[] => [
  {
    code: 'identity', title: { zh: '身份信息', en: 'Identity' },
    gather: async (_, person) => {
      const found = await site.use(Directory).principals.byId(person);
      return found ? [{ ...found }] : [];
    },
  },
  { code: 'mandates', title: { zh: '委托', en: 'Mandates' }, gather: mandatesAbout },
];
