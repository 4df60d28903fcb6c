import * as api from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { Directory } from './directory.ts';
import { join, leave, move, previewOf } from './people-flow.ts';

/** Joiners, movers and leavers, each in one step. */
export const flowRoutes = (site: Site, http: Http): void => {
  const { changed } = site.use(Directory);
  const told = async <T>(work: Promise<T>): Promise<T> => {
    const done = await work;
    changed();
    return done;
  };
  http.route(api.previewLeaving, ({ params }) => previewOf(site, params.id));
  http.route(api.joinPerson, ({ actor, body }) => told(join(site, actor, body)));
  http.route(api.movePerson, ({ actor, params, body }) => told(move(site, actor, params.id, body)));
  http.route(api.leavePerson, ({ actor, params, body }) => told(leave(site, actor, params.id, body)));
};
