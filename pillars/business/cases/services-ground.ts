import { labelLevel } from '@zhengwu/contracts';
import type { Services, FrozenService } from '@zhengwu/services';
import { definitionHash } from '@zhengwu/processes';
import type { CaseService, DepartmentRef } from './ground.ts';

const UNKNOWN: DepartmentRef = { id: 0, code: 'unknown', name: { zh: '未知部门', en: 'Unknown department' } };

const caseService = (frozen: FrozenService, services: Services, departmentByCode: (code: string, service: string) => DepartmentRef | undefined): Omit<CaseService, 'published'> => {
  const { service, pack } = frozen;
  const { listing } = service;
  return {
    code: service.code, name: listing.name, packHash: frozen.packHash, packVersion: pack.version,
    // Read each time: departments merge and split while the pack stays as it is.
    get department() { return departmentByCode(listing.body.department, service.code) ?? UNKNOWN; },
    promisedDays: listing.promised.days, statutoryDays: listing.statutory.days, immediate: listing.caseKind === '1', secrecy: labelLevel(service.label ?? 'internal'), assurance: service.assurance ?? 1,
    needed: (answers, facts) => new Set(services.forms.materials(frozen.packHash, service.code, answers, facts)
      .filter((one) => one.needed && one.material.need === 'required').map((one) => one.material.code)),
    complete: (answers) => services.application(frozen.packHash, service.code, answers),
    form: service.form,
    materials: service.materials.map((material) => ({ code: material.code, name: material.name, need: material.need, standard: material.acceptStandard })),
    definition: frozen.definition, definitionHash: definitionHash(frozen.xml, frozen.definition.id),
    definitions: (id) => frozen.definitions(id), decide: (name, input) => frozen.decide(name, input),
    reasons: service.reasons.map(({ code, text }) => ({ code, text })), consultPhone: listing.consultation.phone, place: listing.address,
  };
};

/** The service a case knows, by the hash it began with; made once a version. */
export const serviceReader = (services: Services, departmentByCode: (code: string, service: string) => DepartmentRef | undefined): ((packHash: string, code: string) => CaseService) => {
  const made = new Map<string, Omit<CaseService, 'published'>>();
  return (packHash, code) => {
    const name = `${packHash}/${code}`;
    let found = made.get(name);
    if (!found) made.set(name, (found = caseService(services.frozen(packHash, code), services, departmentByCode)));
    return { ...found, published: services.isPublished(code) };
  };
};
