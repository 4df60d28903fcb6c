import * as api from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { Directory } from './directory.ts';
import { fail } from './errors.ts';
import { run, tryOut } from './reorganising.ts';
import * as plans from './store-reorganisation.ts';

/** Plans by which departments merge, split and move. */
export const reorganisationRoutes = (site: Site, http: Http): void => {
  const directory = site.use(Directory);
  http.route(api.listReorganisations, ({ actor }) => site.database.as(actor, async (tx) => ({ items: await plans.plans(tx) })));
  http.route(api.previewReorganisation, ({ actor, body }) => tryOut(site, actor, body));
  http.route(api.planReorganisation, async ({ actor, body }) => {
    const result = await tryOut(site, actor, body);
    const id = uuidv7();
    await site.database.as(actor, async (tx) => {
      await plans.insertPlan(tx, id, body, { id: actor.personId as string, name: actor.name });
      await site.audit.record(tx, { event: 'reorganisation.planned', subject: id, detail: body });
    });
    return { id, result };
  });
  http.route(api.runReorganisation, async ({ actor, params }) => {
    const result = await run(site, actor, params.id);
    await directory.refresh();
    directory.changed();
    return result;
  });
  http.route(api.cancelReorganisation, ({ actor, params }) => site.database.as(actor, async (tx) => {
    if (!(await plans.cancelPlan(tx, params.id))) throw fail('reorganisation.unknown');
    await site.audit.record(tx, { event: 'reorganisation.cancelled', subject: params.id });
    return { cancelled: true };
  }));
};
