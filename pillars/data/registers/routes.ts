import * as api from '@zhengwu/contracts';
import type { Actor } from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import { Directory } from '@zhengwu/directory';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import type { Register } from '@zhengwu/pack';
import * as challenges from './challenges.ts';
import { geocode, mapOf } from './geography.ts';
import { mayRead, reaches, readHistory, readRecord, revealField } from './reading.ts';
import { Registers } from './registers.ts';
import * as store from './store-lookup.ts';

const viewOf = (site: Site, actor: Actor, register: Register) => {
  const { code, name, category, keeper, subject, key, sharing, label, sources, correctionDays, fields, quality, retention } = register;
  const reveal = actor.permissions['register.reveal'];
  return {
    code, name, category: category ?? null, keeper: { code: keeper, name: site.use(Directory).departmentByCode(keeper)?.name ?? null }, subject, key,
    sharing: { class: sharing.class, condition: sharing.condition ?? null, basis: sharing.basis ?? null }, label: label ?? 'internal', sources: [...(sources ?? [])], retention: retention ? { years: retention.years === 'permanent' ? null : retention.years, basis: retention.basis } : null,
    correctionDays: correctionDays ?? challenges.ANSWER_DAYS,
    fields: fields.map((field) => ({ key: field.key, label: field.label, class: field.class, departments: [...(field.departments ?? [])], identifier: field.identifier ?? null })),
    quality: (quality ?? []).map((rule) => ({ code: rule.code, name: rule.name ?? null, kind: rule.kind, fields: [...rule.fields], weight: rule.weight ?? 1 })),
    mayRead: mayRead(site, actor, register), mayReveal: reveal !== undefined && reaches(site, actor, register),
  };
};

const ownRecords = async (site: Site, actor: Actor) => {
  const registers = site.use(Registers);
  const rows = await site.database.as(actor, (tx) => store.ofSubject(tx, actor.onBehalfOf ?? actor.personId ?? '', dayOf(site.clock.now())), { readOnly: true });
  return {
    items: rows.flatMap(({ register: code, key, data, valid_from: validFrom, cause }) => {
      const register = registers.definition(code);
      if (!register) return [];
      const fields = register.fields.filter((field) => (data[field.key] ?? null) !== null).map((field) => ({ key: field.key, label: field.label, value: data[field.key], ...(field.values ? { values: field.values } : {}) }));
      return [{ register: code, name: register.name, keeper: site.use(Directory).departmentByCode(register.keeper)?.name ?? null, key, validFrom, cause, fields }];
    }),
  };
};

export const routes = (site: Site, http: Http): void => {
  http.route(api.listBaseRegisters, ({ actor }) => ({ items: site.use(Registers).definitions().map((register) => viewOf(site, actor, register)) }));
  http.route(api.readBaseRecord, ({ actor, params, body }) => readRecord(site, actor, params.register, body));
  http.route(api.readBaseHistory, ({ actor, params, body }) => readHistory(site, actor, params.register, body));
  http.route(api.revealBaseField, ({ actor, params, body }) => revealField(site, actor, params.register, body));
  http.route(api.geocodeAddress, ({ query }) => geocode(site, query.text));
  http.route(api.readCityMap, () => mapOf(site));
  http.route(api.listOwnRecords, ({ actor }) => ownRecords(site, actor));
  http.route(api.challengeValue, ({ actor, params, body }) => challenges.raise(site, actor, params.register, body, false));
  http.route(api.challengeOwnValue, ({ actor, params, body }) => challenges.raise(site, actor, params.register, body, true));
  http.route(api.listMyChallenges, ({ actor }) => challenges.mine(site, actor));
  http.route(api.listChallenges, ({ actor, query }) => challenges.toAnswer(site, actor, query.open ?? false));
  http.route(api.answerChallenge, ({ actor, params, body }) => challenges.answer(site, actor, params.id, body));
  http.route(api.withdrawChallenge, ({ actor, params }) => challenges.withdraw(site, actor, params.id));
};
