import {
  adminServices, beforeAfter, browseServices, getPreCheck, getService, listServices, preCheck, publishService, serviceSample, type Language,
} from '@zhengwu/contracts';
import type { QueryOf, ResponseOf } from '@zhengwu/contracts';
import type { Audit } from '@zhengwu/audit';
import type { Acting, Database } from '@zhengwu/database';
import { fileAnswer, type Http } from '@zhengwu/http';
import { browse, compareBeforeAfter } from './browse.ts';
import { fail } from './errors.ts';
import { guideOf, summaryOf } from './guide.ts';
import type { OpenServices } from './open.ts';
import { runPreCheck } from './pre-check.ts';
import { drawSample } from './sample.ts';
import { searchServices, selectLoads, updatePublished } from './store.ts';
import { queryWords } from './words.ts';

interface Ground {
  services: OpenServices;
  database: Database;
  audit: Audit;
}

const search = async ({ services, database }: Ground, actor: Acting, query: QueryOf<typeof listServices>): Promise<ResponseOf<typeof listServices>> => {
  const limit = query.limit ?? 20;
  // No city has so many services: what is past the last one is an empty page.
  const offset = Math.min(100_000, Math.max(0, Number.parseInt(query.after ?? '0', 10) || 0));
  const q = query.q?.trim().toLowerCase() ?? '';
  const wanted = {
    words: q === '' ? [] : queryWords(q), plain: q === '' ? null : q, topic: query.topic ?? null, department: query.department ?? null, lifeEvent: query.lifeEvent ?? null,
    audiences: query.audience === undefined ? null : query.audience === 'person' ? ['1'] : ['2', '3', '4', '5', '6'], limit, offset,
  };
  if (q !== '' && wanted.words.length === 0) return { items: [], next: null, total: 0, totalCapped: false };
  const { codes, total } = await database.as(actor, (tx) => searchServices(tx, wanted), { readOnly: true });
  const items = codes.filter((code) => services.isPublished(code)).map((code) => summaryOf(services.current(code).service));
  return { items, next: offset + codes.length < total ? String(offset + codes.length) : null, total, totalCapped: false };
};

const sampleOf = (services: OpenServices, code: string, item: string, which: 'blank' | 'filled', language: Language) => {
  const { service } = services.current(code);
  const result = service.listing.results.find((one, i) => (one.licence ?? `result-${i + 1}`) === item);
  const sample = service.materials.find((material) => material.code === item)?.sample ?? result?.sample;
  if (!sample) throw fail('service.unknown', { service: `${code}/${item}` });
  return fileAnswer({ body: Buffer.from(drawSample(sample, which, language)), type: 'image/svg+xml', name: `${sample.title[language === 'en' ? 'en' : 'zh']}.svg`, inline: true });
};

const administer = async ({ services, database }: Ground, actor: Acting): Promise<ResponseOf<typeof adminServices>> => {
  const [loads, open] = await Promise.all([database.as(actor, selectLoads, { readOnly: true }), services.measures.openCases()]);
  return {
    packs: loads.map((load) => ({
      code: load.code ?? load.directory.replace(/^.*\//, ''), version: load.version ?? '', hash: load.hash ?? '', name: load.name ?? { zh: load.directory, en: load.directory },
      accepted: load.accepted, loadedAt: load.at.toISOString(),
      findings: load.findings.map(({ file, path, rule, zh, en, remedy }) => ({ file, path, rule, message: { zh, en }, remedy })),
    })),
    services: services.listed().map(({ frozen: { service, pack }, published }) => ({
      code: service.code, name: service.listing.name, pack: pack.code, version: pack.version, published, openCases: open.get(service.code) ?? 0,
    })),
  };
};

/** Serves the public guides and the administrator's list. */
export const routes = (ground: Ground, http: Http): void => {
  const { services, database, audit } = ground;
  http.route(listServices, ({ actor, query }) => search(ground, actor, query));
  http.route(browseServices, () => browse(services));
  http.route(getService, ({ params }) => guideOf(services.current(params.code)));
  http.route(getPreCheck, ({ params }) => {
    const { preCheck: { questions, schema }, listing } = services.current(params.code).service;
    return { step: { id: 'pre-check', title: listing.name, schema, layout: questions } };
  });
  http.route(preCheck, ({ params, body }) => runPreCheck(services.current(params.code), body.values, services.today()));
  http.route(serviceSample, ({ params, language }) => sampleOf(services, params.code, params.item, params.which, language));
  http.route(beforeAfter, () => compareBeforeAfter(services));
  http.route(adminServices, ({ actor }) => administer(ground, actor));
  http.route(publishService, async ({ actor, params, body }) => {
    if (!services.listed().some(({ frozen }) => frozen.service.code === params.code)) throw fail('service.unknown', { service: params.code });
    await database.as(actor, async (tx) => {
      await updatePublished(tx, params.code, body.published, body.reason);
      await audit.record(tx, { event: body.published ? 'service.published' : 'service.withdrawn', subject: params.code, detail: { reason: body.reason } });
    });
    await services.refresh();
    return { published: body.published };
  });
};
