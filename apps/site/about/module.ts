import { siteInfo } from '@zhengwu/contracts';
import { defineModule, definePolicy } from '@zhengwu/module';
import { about } from './about.ts';
import { Shown } from './shown.ts';

/** Names, contacts and news of the site itself, for the portal's frame. */
export const aboutModule = defineModule({
  name: 'about',
  requires: [],
  policy: definePolicy({ 'site.info': { who: 'public', audit: null, shows: ['mobile-phone'] } }),
  setup: (site) => site.provide(Shown, { news: [], accounts: [], place: null }),
  routes: (site, http) => http.route(siteInfo, () => about(site.config.demo, site.use(Shown))),
});
