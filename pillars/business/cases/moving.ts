import { moveCases, type Actor, type BodyOf, type ResponseOf } from '@zhengwu/contracts';
import type { Database, Tx } from '@zhengwu/database';
import { isZhengwuError } from '@zhengwu/errors';
import type { Http } from '@zhengwu/http';
import { migrateInstance, previewInstances, type OpenTask, type Problem, type World } from '@zhengwu/processes';
import type { Services } from '@zhengwu/services';
import type { Desk } from './commands.ts';
import type { CaseService } from './ground.ts';
import { selectRunning, writeMove, type RunningCase } from './store-moving.ts';

/** What moving cases to another version of their pack stands on. */
export interface Moving {
  database: Database;
  desk: Desk;
  services: Services;
}

type Answer = ResponseOf<typeof moveCases>;
type Wish = BodyOf<typeof moveCases> & { service: string; to: string };

const worldOf = (desk: Desk, now: Date, { decide }: CaseService): World => ({ now, decide, dueOf: (timer) => desk.ground.timerDue(timer, now) });

const problemsOf = (number: string, problems: readonly Problem[]): Answer['unfit'] => problems.map(({ element, rule, reason }) => ({ number, element, rule, reason }));

/** Open tasks as the new version describes them. */
const taskRow = ({ desk, services }: Moving, { service, to }: Wish, effect: OpenTask) => {
  const name = services.elementName(to, service, effect.element);
  const department = (effect.department && desk.ground.departmentByCode(effect.department, service)) || desk.serviceOf(to, service).department;
  return {
    token: effect.token, element: effect.element, name_zh: name.zh, name_en: name.en, kind: effect.kind ?? 'handle', stage: effect.stage ?? 'review',
    department: department.id, post: effect.post ?? null, outcomes: effect.outcomes ?? [],
  };
};

const moveOne = async (moving: Moving, tx: Tx, actor: Actor, one: RunningCase, wish: Wish): Promise<Answer['unfit']> => {
  const target = moving.desk.serviceOf(wish.to, wish.service);
  const { problems, effects } = await migrateInstance(tx, one.id, target.definitionHash, wish.mapping ?? {}, worldOf(moving.desk, moving.desk.now(), target));
  if (problems.length > 0) return problemsOf(one.number, problems);
  const tasks = effects.flatMap((effect) => (effect.type === 'openTask' ? [taskRow(moving, wish, effect)] : []));
  await writeMove(tx, actor, { id: one.id, from: wish.from, to: wish.to, tasks });
  return [];
};

/** A case that went on in the meantime stays where it is and is told; the others are not held up by it. */
const orWhy = async (number: string, work: () => Promise<Answer['unfit']>): Promise<Answer['unfit']> => {
  try {
    return await work();
  } catch (error) {
    if (!isZhengwuError(error)) throw error;
    return [{ number, element: '', rule: error.code, reason: error.message }];
  }
};

const preview = async ({ database, desk }: Moving, running: readonly RunningCase[], { service, from, to, mapping = {} }: Wish): Promise<Answer['unfit']> => {
  const [old, target] = [desk.serviceOf(from, service), desk.serviceOf(to, service)];
  const found = await database.as(database.system, (tx) => previewInstances(tx, old.definitionHash, target.definitionHash, mapping, worldOf(desk, desk.now(), target)));
  return running.flatMap(({ id, number }) => problemsOf(number, found.get(id) ?? []));
};

/**
 * Moves the running cases of a service from one frozen version of its pack to the current one, each whole or not at all and
 * each in a transaction of its own, audited under the administrator's name; or only says what would come of it.
 */
export const moveRunning = async (moving: Moving, actor: Actor, service: string, body: BodyOf<typeof moveCases>): Promise<Answer> => {
  const { database, services } = moving;
  const wish: Wish = { ...body, service, to: services.current(service).packHash };
  services.frozen(wish.from, service);
  const running = await database.as(database.system, (tx) => selectRunning(tx, service, wish.from));
  const unfit: Answer['unfit'] = [];
  if (!body.run) unfit.push(...(await preview(moving, running, wish)));
  else {
    for (const one of running) unfit.push(...(await orWhy(one.number, () => database.as(database.system, (tx) => moveOne(moving, tx, actor, one, wish)))));
    moving.desk.changed();
  }
  const stay = new Set(unfit.map(({ number }) => number)).size;
  return { from: wish.from, to: wish.to, running: running.length, fit: running.length - stay, moved: body.run ? running.length - stay : 0, unfit };
};

export const movingRoutes = (http: Http, moving: Moving): void => {
  http.route(moveCases, ({ actor, params, body }) => moveRunning(moving, actor, params.code, body));
};
