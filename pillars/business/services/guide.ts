import type { Static } from 'typebox';
import { posts } from './words.ts';
import type { BeforeAfter, ServiceGuide as Guide, ServiceSummary as Summary, Text } from '@zhengwu/contracts';
import type { Service } from '@zhengwu/pack';
import type { FrozenService } from './frozen.ts';
import { materialView } from './materials.ts';

type ServiceGuide = Static<typeof Guide>;
type ServiceSummary = Static<typeof Summary>;

/** What lists show of a service. */
export const summaryOf = ({ code, summary, listing }: Service): ServiceSummary => ({
  code, name: listing.name, summary, department: listing.body.name, audience: [...listing.audiences], topics: [...listing.personTopics, ...listing.companyTopics],
  kind: listing.caseKind, promisedDays: listing.promised.days, visits: listing.visits.count, online: listing.online,
});

/** The old way as declared, in the figures that are compared. */
export const beforeOf = ({ before }: Service): Static<typeof BeforeAfter>['before'] => ({
  steps: before.steps.length, papers: before.papers, visits: before.visits, hands: before.hands, days: before.days,
});

const note = (name: 'statutoryNote' | 'promisedNote', text: Text | undefined): object => (text ? { [name]: text } : {});

const whoOf = (frozen: FrozenService, stage: Service['listing']['flow'][number]): Text => {
  const department = frozen.pack.departments.find((one) => one.code === stage.department)?.name ?? { zh: stage.department, en: stage.department };
  const post = posts(stage.post);
  return { zh: `${department.zh}${post.zh}`, en: `${department.en}, ${post.en}` };
};

const identityOf = ({ service, pack, packHash }: FrozenService) => {
  const { listing } = service;
  return {
    summary: summaryOf(service), catalogueCode: listing.catalogueCode, implementationCode: listing.implementationCode,
    handlingCode: listing.handlingItemCodes[0] ?? '', version: pack.version, packHash, itemType: listing.itemType, exerciseLevel: listing.exerciseLevel,
    body: { name: listing.body.name, code: listing.body.uscc, kind: listing.body.kind }, basis: [listing.byLaw], conditions: listing.acceptConditions,
  };
};

const wayOf = (frozen: FrozenService) => {
  const { listing } = frozen.service;
  return {
    limit: {
      statutoryDays: listing.statutory.days, ...note('statutoryNote', listing.statutory.explain),
      promisedDays: listing.promised.days, ...note('promisedNote', listing.promised.explain),
    },
    visits: { times: listing.visits.count, ...(listing.visits.reason ? { reason: listing.visits.reason } : {}) },
    depth: [...listing.onlineDepths], handlingForms: [...listing.handlingForms],
    steps: listing.flow.map((stage) => ({ stage: stage.stage, name: stage.name, who: whoOf(frozen, stage), days: stage.days, note: stage.standard })),
    special: listing.specialProcedures.map(({ name, explain }) => ({ zh: `${name.zh}：${explain.zh}`, en: `${name.en}: ${explain.en}` })),
  };
};

const costOf = ({ service }: FrozenService) => {
  const { fees } = service.listing;
  return {
    fees: fees.items.map((item) => ({ name: item.name, amount: item.amount ?? null, standard: item.standard, basis: item.byLaw, ...(item.reduction ? { reduction: item.reduction } : {}) })),
    payOnline: fees.payOnline ?? false,
  };
};

/** The guide of a service: every element that the inspection asks for. */
export const guideOf = (frozen: FrozenService): ServiceGuide => {
  const { service, pack } = frozen;
  const { listing } = service;
  return {
    ...identityOf(frozen), ...wayOf(frozen), ...costOf(frozen),
    materials: service.materials.map((material) => materialView(material, service.code)),
    results: listing.results.map((result, i) => ({
      code: result.licence ?? `result-${i + 1}`, name: result.name, ...(result.sample ? { sample: `/api/services/${service.code}/samples/${result.licence ?? `result-${i + 1}`}/filled` } : {}),
    })),
    place: [{ name: listing.body.name, address: listing.address, hours: listing.hours, phone: listing.consultation.phone }],
    consultPhone: listing.consultation.phone, complaintPhone: listing.complaint.phone, crossArea: listing.crossArea ? [listing.crossArea] : [],
    express: listing.courier, faq: listing.faq, hasPreCheck: true, assurance: service.assurance ?? 1,
    lifeEvents: pack.lifeEvents.filter((event) => event.services.includes(service.code)).map((event) => event.code),
    before: beforeOf(service),
  };
};
