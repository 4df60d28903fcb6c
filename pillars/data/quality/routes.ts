import * as api from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import { begin } from './measuring.ts';
import { reached } from './rules.ts';
import { failingRows, listScores, openRow, readScores } from './viewing.ts';

export const routes = (site: Site, http: Http): void => {
  const { database } = site;
  http.route(api.listQuality, ({ actor }) => listScores(site, actor));
  http.route(api.readQuality, ({ actor, params }) => readScores(site, actor, params.register));
  http.route(api.listQualityRows, ({ actor, params, query }) => failingRows(site, actor, params.register, params.rule, query));
  http.route(api.openQualityRow, ({ actor, params, body }) => openRow(site, actor, params.register, params.id, body.reason));
  http.route(api.measureQuality, ({ actor, params }) => {
    const register = reached(site, actor, params.register);
    return database.as(database.system, async (tx) => {
      const id = await begin(site, tx, register, actor.name);
      if (id === null) throw fail('quality.running', { register: register.name.zh });
      await site.audit.recordFor(tx, actor, { event: 'quality.measured', subject: register.code, detail: { run: id } });
      return { id };
    });
  });
};
