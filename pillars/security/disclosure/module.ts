import { defineModule, key, type Site } from '@zhengwu/module';
import { Exports, type Exportable } from './exportable.ts';
import { migration } from './migrations/0001-disclosure.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';
import * as store from './store.ts';

const Offered = key<Map<string, Exportable>>('disclosure.offered');

const peopleList = ({ database }: Site): Exportable => ({
  kind: 'people', title: { zh: '人员与岗位', en: 'People and posts' }, permission: 'directory.admin', filters: [],
  read: async (actor, _, most, language) => ({
    heads: language === 'zh' ? ['姓名', '账号', '岗位'] : ['Name', 'Account', 'Posts'],
    rows: (await database.as(actor, (tx) => store.people(tx, most), { readOnly: true })).map(({ name, account, zh, en }) => [name, account, language === 'zh' ? zh : en]),
  }),
});

export const disclosureModule = defineModule({
  name: 'disclosure',
  requires: ['audit', 'events', 'directory'],
  migrations: [migration],
  policy,
  setup: (site) => {
    const offered = new Map<string, Exportable>();
    const offer = (one: Exportable): void => {
      if (offered.has(one.kind)) throw new Error(`two modules offer the export ${one.kind}`);
      offered.set(one.kind, one);
    };
    offer(peopleList(site));
    site.provide(Offered, offered);
    site.provide(Exports, { offer });
  },
  routes: (site, http) => routes(site, http, site.use(Offered)),
});
