import { decideMatchPair, findDuplicates, learnMatchWeights, listMatching, listMatchPairs, listMatchWeights, listMerges, readMatchPair, undoMatchMerge, useMatchWeights, type Actor } from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import { fail } from './errors.ts';
import { queueSearch } from './jobs.ts';
import { Matching, type OpenMatching } from './matching.ts';
import type { Profile } from './profile.ts';
import { decide, detailOf, linesOf, maskedKey, standingOf, undo } from './reviewing.ts';
import * as entries from './store.ts';
import * as store from './store-review.ts';
import { teach } from './teaching.ts';
import { defaultWeights, levelBits, type Weights } from './weights.ts';

const MERGES = 100;
const matchingOf = (site: Site): OpenMatching => site.use(Matching) as OpenMatching;
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A register that can be compared and that the actor's reach covers; throws otherwise. */
const kept = (site: Site, actor: Actor, register: string): { profile: Profile; department: number | null } => {
  const profile = matchingOf(site).profile(register);
  const department = matchingOf(site).departmentOf(register);
  if (!profile || !(actor.scope === 'all' || (department !== null && actor.departments.includes(department)))) throw fail('matching.no-register', { register });
  return { profile, department };
};

const runOf = ({ id, state, entries: done, total, scored, certain, possible, started_at, finished_at, name }: store.RunRow) =>
  ({ id, running: state === 'running', entries: done, total, scored, certain, possible, startedAt: started_at.toISOString(), finishedAt: iso(finished_at), by: name });

const overview = (site: Site, http: Http): void => {
  const { database } = site;
  const matching = matchingOf(site);
  http.route(listMatching, async ({ actor }) => {
    const [counts, runs] = await database.as(actor, async (tx) => [await store.countPairs(tx), await store.lastRuns(tx)] as const, { readOnly: true });
    const standing = await database.as(database.system, (tx) => standingOf(tx, matching), { readOnly: true });
    const mine = matching.profiles().filter(({ register }) => actor.scope === 'all' || actor.departments.includes(matching.departmentOf(register) ?? -1));
    return {
      items: mine.map(({ register, kind }) => {
        const { entries: count = 0, position = '', weights = 0 } = standing.get(register) ?? {};
        const { open = 0, certain = 0, same = 0, different = 0 } = counts.find((one) => one.register === register) ?? {};
        const run = runs.find((one) => one.register === register);
        return { register, name: site.use(Registers).definition(register)?.name ?? { zh: register, en: register }, kind: kind.code, entries: count, ready: position === null, weights, open, certain, same, different, run: run ? runOf(run) : null };
      }),
    };
  });
  http.route(findDuplicates, async ({ actor, params }) => {
    const { profile, department } = kept(site, actor, params.register);
    const id = uuidv7();
    await database.as(actor, async (tx) => {
      if (!(await store.addRun(tx, id, profile.register, department, actor.name))) throw fail('matching.running', { register: profile.register });
      await site.audit.record(tx, { event: 'matching.searched', subject: id, detail: { register: profile.register } });
      await queueSearch(site, tx, { id, register: profile.register });
    });
    return { id };
  });
};

/** "<score> <id>" of the last pair seen. */
const cursorOf = (after: string | undefined): { score: number; id: string } | null => {
  const [, score = '', id = ''] = /^(-?\d+(?:\.\d+)?(?:e-?\d+)?) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(after ?? '') ?? [];
  return id === '' ? null : { score: Number(score), id };
};

const pairs = (site: Site, http: Http): void => {
  const { database } = site;
  const matching = matchingOf(site);
  const registers = site.use(Registers);
  const pairOf = async (actor: Actor, id: string): Promise<store.PairRow> => {
    const pair = await database.as(actor, (tx) => store.pairRow(tx, id), { readOnly: true });
    if (!pair) throw fail('matching.no-pair');
    return pair;
  };
  http.route(listMatchPairs, async ({ actor, query: { register, band, after, limit = 20 } }) => {
    const found = await database.as(actor, (tx) => store.openPairs(tx, { register: register ?? null, band: band ?? null, after: cursorOf(after), limit: limit + 1 }), { readOnly: true });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      items: await database.as(database.system, (tx) => linesOf(tx, registers, matching, page), { readOnly: true }),
      next: found.length > limit && last ? `${last.score} ${last.id}` : null,
    };
  });
  http.route(readMatchPair, async ({ actor, params }) => {
    const pair = await pairOf(actor, params.id);
    return database.as(database.system, (tx) => detailOf(site, tx, matching, pair, actor), { readOnly: true });
  });
  http.route(decideMatchPair, async ({ actor, params, body }) => {
    const pair = await pairOf(actor, params.id);
    return { merge: await database.as(database.system, (tx) => decide(site, tx, matching, pair, body, actor)) };
  });
};

const merging = (site: Site, http: Http): void => {
  const { database } = site;
  const registers = site.use(Registers);
  http.route(listMerges, async ({ actor, query }) => {
    const rows = await database.as(actor, (tx) => store.merges(tx, query.register ?? null, MERGES), { readOnly: true });
    return {
      items: rows.map((row) => {
        const definition = registers.definition(row.register);
        return {
          id: row.id, register: row.register, registerName: definition?.name ?? { zh: row.register, en: row.register }, survivor: maskedKey(definition, row.survivor), absorbed: maskedKey(definition, row.absorbed),
          fields: Object.keys(row.changed).map((key) => definition?.fields.find((field) => field.key === key)?.label ?? { zh: key, en: key }), validFrom: row.valid_from, at: row.at.toISOString(), by: row.name,
          undoneAt: iso(row.undone_at), undoneBy: row.undone_name, reason: row.reason,
        };
      }),
    };
  });
  http.route(undoMatchMerge, async ({ actor, params, body }) => {
    const merge = await database.as(actor, (tx) => store.mergeRow(tx, params.id), { readOnly: true });
    if (!merge) throw fail('matching.no-merge');
    await database.as(database.system, (tx) => undo(site, tx, matchingOf(site), merge, body.reason, actor));
    return { id: merge.id };
  });
};

const shownWeights = ({ kind }: Profile, weights: Weights) => kind.fields.map((field) => {
  const chances = weights.fields[field.code] ?? field;
  const bits = levelBits(chances);
  return { code: field.code, name: field.name, levels: field.levels.map((name, at) => ({ name, m: chances.m[at] ?? 0, u: chances.u[at] ?? 0, bits: bits[at] ?? 0 })) };
});

const weighing = (site: Site, http: Http): void => {
  const { database, audit } = site;
  http.route(listMatchWeights, async ({ actor, params }) => {
    const { profile } = kept(site, actor, params.register);
    const rows = await database.as(actor, (tx) => entries.weightsRows(tx, profile.register), { readOnly: true });
    const used = (await database.as(database.system, (tx) => entries.registerRow(tx, profile.register), { readOnly: true }))?.weights ?? 0;
    const own = defaultWeights(profile.kind);
    return {
      items: [
        ...rows.map((row) => ({
          version: row.version, certain: row.certain, possible: row.possible, pairs: row.pairs, decided: row.decided, learnedAt: row.learned_at.toISOString(), by: row.name, inUse: row.version === used,
          fields: shownWeights(profile, { version: row.version, fields: row.chances, certain: row.certain, possible: row.possible }),
        })),
        { version: 0, certain: own.certain, possible: own.possible, pairs: 0, decided: 0, learnedAt: null, by: null, inUse: used === 0, fields: shownWeights(profile, own) },
      ],
    };
  });
  http.route(learnMatchWeights, async ({ actor, params }) => {
    const { profile, department } = kept(site, actor, params.register);
    return database.as(database.system, async (tx) => {
      const version = await teach(tx, profile, department, actor.name);
      await audit.recordFor(tx, actor, { event: 'matching.learned', subject: profile.register, detail: { version } });
      return { version };
    });
  });
  http.route(useMatchWeights, async ({ actor, params }) => {
    const { profile } = kept(site, actor, params.register);
    const version = Number(params.version);
    return database.as(database.system, async (tx) => {
      if (version > 0 && !(await entries.markUsed(tx, profile.register, version, actor.name))) throw fail('matching.no-weights', { version });
      await entries.holdRegister(tx, profile.register);
      await entries.useVersion(tx, profile.register, version);
      await audit.recordFor(tx, actor, { event: 'matching.weightsUsed', subject: profile.register, detail: { version } });
      return { version };
    });
  });
};

export const routes = (site: Site, http: Http): void => {
  overview(site, http);
  pairs(site, http);
  merging(site, http);
  weighing(site, http);
};
