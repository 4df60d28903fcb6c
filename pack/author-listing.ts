import type { Text } from '@zhengwu/contracts';
import type { Listing } from './schema/listing.ts';

type Result = Listing['results'][number];

/** What differs between services that are wholly online, without a visit and without a fee, decided by one official. */
export interface OnlineService {
  catalogueCode: string;
  name: Text;
  /** Code of the item type; public service unless said. */
  itemType?: Listing['itemType'];
  byLaw: Text;
  department: { code: string; name: Text; uscc: string; address: Text; consult: string; complain: string };
  /** Working days. */
  statutory: number;
  /** Working days; one of them for the review. */
  promised: number;
  conditions: Text[];
  /** What the reviewing official holds it against. */
  standard: Text;
  audiences: Listing['audiences'];
  personTopics: Listing['personTopics'];
  companyTopics?: Listing['companyTopics'];
  result: Result;
  faq: Listing['faq'];
}

/** The published list of a service that is wholly online: no visit, no fee, one official who reviews. */
export const onlineListing = (one: OnlineService): Listing => {
  const { department, catalogueCode } = one;
  const sample = one.result.sample ?? { title: one.result.name, rows: [{ label: { zh: '事项', en: 'Service' }, example: one.name }, { label: { zh: '结果', en: 'Result' }, example: { zh: '已登记', en: 'Entered' } }] };
  const implementation = `${department.uscc}3${catalogueCode}`;
  const stage = (name: 'accept' | 'close', label: Text, days: number, standard: Text): Listing['flow'][number] => ({ stage: name, name: label, department: department.code, post: 'reviewer', days, standard });
  return {
    catalogueCode, implementationCode: implementation, handlingItemCodes: [`${implementation}01`], name: one.name, itemType: one.itemType ?? '20', byLaw: one.byLaw,
    exerciseLevel: '3', state: 'inForce', version: '1', effective: '2026-01-01', powerSource: '1',
    body: { department: department.code, name: department.name, kind: '1', uscc: department.uscc },
    statutory: { days: one.statutory, unit: 'working' }, promised: { days: one.promised, unit: 'working' }, acceptConditions: one.conditions,
    flow: [
      stage('accept', { zh: '审核受理', en: 'Review' }, 1, one.standard),
      stage('close', { zh: '办结', en: 'Completion' }, one.promised - 1, { zh: '受理后自动办结并送达', en: 'Completed and delivered on acceptance' }),
    ],
    specialProcedures: [], caseKind: '2', audiences: one.audiences, handlingForms: ['2'], visits: { count: 0 }, fees: { charged: false, items: [] },
    consultation: { phone: department.consult, ways: { zh: '电话', en: 'By phone' } }, complaint: { phone: department.complain, ways: { zh: '电话', en: 'By phone' } },
    address: department.address, hours: { zh: '工作日 9:00–17:00', en: 'Working days 9:00–17:00' },
    inServiceCentre: false, courier: false, postalApplication: false, online: true, onlineDepths: ['3', '4', '5', '7'], onlineGrade: 'Ⅳ', appointment: false, kiosk: false,
    otherDepartments: [], intermediaries: [], personTopics: one.personTopics, companyTopics: one.companyTopics ?? [], results: [{ ...one.result, sample }], faq: one.faq,
  };
};
