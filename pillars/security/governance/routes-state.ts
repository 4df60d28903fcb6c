import { listControls, scanTables, securityState } from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { scan } from './assets.ts';
import { controls } from './controls/all.ts';
import { fail } from './errors.ts';
import { reading } from './keeping.ts';
import { judged, look, stateOf } from './state.ts';

/** Figures of the whole site: run as system, behind the permission, since checks look at every table and at who has not read a policy. */
export const stateRoutes = (site: Site, http: Http): void => {
  const { database } = site;
  http.route(securityState, () => reading(site, database.system, (tx) => stateOf(site, tx)));
  http.route(listControls, async ({ query: { standard, state, chapter } }) => {
    const seen = await reading(site, database.system, (tx) => look(site, tx));
    const items = controls.filter((one) => one.standard === standard && (chapter === undefined || one.id.startsWith(`${chapter}.`))).map((one) => judged(one, seen));
    return { items: items.filter((one) => state === undefined || one.state === state) };
  });
  http.route(scanTables, ({ actor }) => database.as(actor, async (tx) => {
    const department = actor.homeDepartments[0];
    if (department === undefined) throw fail('governance.out-of-reach', { department: 0 });
    const done = await scan(site, tx, { department, personId: actor.personId, name: actor.name });
    await site.audit.record(tx, { event: 'governance.scanned', subject: uuidv7(), detail: { ...done } });
    return done;
  }));
};
