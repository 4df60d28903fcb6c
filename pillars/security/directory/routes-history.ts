import * as api from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import * as store from './store.ts';
import * as past from './store-history.ts';

/** Who was what, and when. */
export const historyRoutes = (site: Site, http: Http): void => {
  http.route(api.personTimeline, ({ actor, params }) => site.database.as(actor, async (tx) => {
    const person = await store.person(tx, params.id);
    if (!person) throw fail('directory.unknown');
    return { name: person.name, items: await past.timeline(tx, params.id) };
  }));
  http.route(api.postHolders, ({ actor, params }) => site.database.as(actor, async (tx) => {
    const post = (await store.posts(tx)).find((one) => one.id === params.id);
    if (!post) throw fail('directory.unknown');
    return { name: post.name, items: await past.holders(tx, params.id) };
  }));
  http.route(api.departmentPast, ({ actor, params }) => site.database.as(actor, async (tx) => ({ items: await past.departmentStates(tx, params.id) })));
};
