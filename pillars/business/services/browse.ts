import { companyTopics, personTopics, type Text } from '@zhengwu/contracts';
import type { ResponseOf, beforeAfter, browseServices } from '@zhengwu/contracts';
import { beforeOf, summaryOf } from './guide.ts';
import type { OpenServices } from './open.ts';
import type { After, Taken } from './services.ts';

type Browse = ResponseOf<typeof browseServices>;

const counted = (entries: { code: string; name: Text }[]): Browse['topics'] => {
  const counts = new Map<string, { code: string; name: Text; count: number }>();
  for (const { code, name } of entries) counts.set(code, { code, name, count: (counts.get(code)?.count ?? 0) + 1 });
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
};

/** Topics, departments and life events that have something in them, with the services most people come for. */
export const browse = (services: OpenServices): Browse => {
  const published = services.listed().filter((one) => one.published).map((one) => one.frozen);
  const listings = published.map(({ service }) => service.listing);
  const events = new Map<string, Browse['lifeEvents'][number]>();
  const codes = new Set(published.map(({ service }) => service.code));
  for (const { code, name, summary, services: joined, together } of [...new Set(published.map(({ pack }) => pack))].flatMap((pack) => pack.lifeEvents)) {
    const found = joined.filter((one) => codes.has(one));
    if (found.length > 0) events.set(code, { code, name, summary, services: found, together: together !== undefined && found.length === joined.length });
  }
  return {
    topics: counted([
      ...listings.flatMap((listing) => listing.personTopics.map((code) => ({ code, name: personTopics.text(code) }))),
      ...listings.flatMap((listing) => listing.companyTopics.map((code) => ({ code, name: companyTopics.text(code) }))),
    ]),
    departments: counted(listings.map(({ body }) => ({ code: body.department, name: body.name }))),
    lifeEvents: [...events.values()],
    mostUsed: published.slice(0, 6).map(({ service }) => summaryOf(service)),
  };
};

const unmeasured: After = { cases: 0, steps: 0, papers: 0, visits: 0, hands: 0, days: 0, applicantMinutes: 0, clerkMinutes: 0 };

const sumOf = (rows: readonly Readonly<Record<string, number>>[]): Record<string, number> => {
  const sum: Record<string, number> = {};
  for (const row of rows) for (const [name, value] of Object.entries(row)) sum[name] = Math.round(((sum[name] ?? 0) + value) * 100) / 100;
  return sum;
};

type Compared = ResponseOf<typeof beforeAfter>['services'][number];

/** What the old way would have taken more, over all cases that closed. */
const savedOf = (before: Compared['before'], { cases }: After, taken: Taken): Compared['saved'] => ({
  spared: taken.spared, papers: before.papers * cases - taken.papers, visits: before.visits * cases - taken.visits, days: Math.round(before.days * cases - taken.days),
});

/** The declared old way beside the measured new one, per service and in sum over the services that were measured. */
export const compareBeforeAfter = async (services: OpenServices): Promise<ResponseOf<typeof beforeAfter>> => {
  const measured = await services.measures.after();
  const rows = services.listed().map(({ frozen: { service } }) => {
    const [before, found] = [beforeOf(service), measured.get(service.code)];
    return { service: service.code, name: service.listing.name, before, after: found?.after ?? unmeasured, saved: found ? savedOf(before, found.after, found.taken) : null };
  });
  const counting = rows.filter((row) => row.after.cases > 0);
  return { services: rows, sum: { before: sumOf(counting.map((row) => row.before)), after: sumOf(counting.map((row) => row.after)) } };
};
