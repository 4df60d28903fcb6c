import { caseState, type FetchedView, type FormStep, type MyCaseDetail, type Text } from '@zhengwu/contracts';
import { sectionsOf, fieldOf } from './answers.ts';
import { departmentOf, iso, myCaseOf, timelineOf, type CaseWhole } from './case-view.ts';
import type { CaseService, Ground } from './ground.ts';
import { noticesOf } from './notices.ts';
import { isEnded } from './states.ts';

/** The name of a field or material that a correction asks for. */
const labelOf = (service: CaseService, target: string, key: string): Text => {
  const label = target === 'material' ? service.materials.find((one) => one.code === key)?.name : fieldOf(service.form, key)?.question;
  return label ?? { zh: key, en: key };
};

export const correctionItems = (service: CaseService, items: CaseWhole['corrections'][number]['items']) =>
  items.map((item) => ({ id: item.id, target: item.target, key: item.key, label: labelOf(service, item.target, item.key), why: item.why, done: item.done }));

/** Only the asked fields, with their schema and layout, so that nothing else can be changed. */
const askedForm = (service: CaseService, keys: string[]): FormStep | undefined => {
  const layout = service.form.flatMap((step) => step.layout).filter((field) => keys.includes(field.key));
  if (layout.length === 0) return undefined;
  const properties: Record<string, unknown> = {};
  const required: string[] = [];
  for (const step of service.form) {
    const schema = step.schema as { properties?: Record<string, unknown>; required?: string[] };
    for (const key of keys) {
      if (!schema.properties?.[key]) continue;
      properties[key] = schema.properties[key];
      if (schema.required?.includes(key)) required.push(key);
    }
  }
  return { id: 'correction', title: { zh: '需要补正的内容', en: 'What to correct' }, schema: { type: 'object', properties, required, additionalProperties: false }, layout };
};

const openCorrection = (service: CaseService, whole: CaseWhole): MyCaseDetail['correction'] => {
  const open = whole.case.state === caseState.correctionStarted ? whole.corrections.find((one) => !one.done_at) : undefined;
  if (!open) return null;
  const keys = open.items.filter((item) => item.target === 'field').map((item) => item.key);
  return {
    id: open.id, dueDay: open.due_on, note: open.note, items: correctionItems(service, open.items), form: askedForm(service, keys),
    values: Object.fromEntries(keys.map((key) => [key, whole.application.answers[key]])),
  };
};

const WHAT: Readonly<Record<string, Text>> = {
  correct: { zh: '请补正一次性告知的内容', en: 'Give what was asked for' },
  pay: { zh: '请缴纳费用', en: 'Pay the fee' },
  rate: { zh: '请评价这次服务', en: 'Rate the service' },
  collect: { zh: '请领取结果', en: 'Collect the result' },
  attend: { zh: '请按预约时间到场', en: 'Come to your appointment' },
};

const nextOf = (ground: Ground, whole: CaseWhole): MyCaseDetail['next'] => {
  const row = whole.case;
  const you = { zh: '您', en: 'you' };
  if (row.waits_for) return { what: WHAT[row.waits_for] as Text, who: you, by: row.waits_for === 'correct' ? (whole.corrections.find((one) => !one.done_at)?.due_on ?? null) : null };
  if (isEnded(row.state)) return { what: { zh: '已经办完，没有需要您做的事', en: 'It is finished; nothing is left for you to do' }, who: you, by: null };
  const task = whole.tasks.find((one) => one.status === 'open' || one.status === 'claimed');
  const who = departmentOf(ground, task?.department ?? row.department).name;
  const what = task ? { zh: task.name_zh, en: task.name_en } : { zh: '正在处理', en: 'Being handled' };
  return { what, who, by: task?.due_on ?? row.promised_due };
};

/** The applicant's page of a case. Tasks are not theirs to read: what they learn of them is the next step. */
export const myCaseDetail = (ground: Ground, service: CaseService, whole: CaseWhole, now: Date, fetched: FetchedView | null): MyCaseDetail => {
  const row = whole.case;
  return {
    ...myCaseOf(ground.calendar(), row, now),
    next: nextOf(ground, whole),
    timeline: timelineOf(ground, whole.history),
    answers: sectionsOf(service.form, whole.application.answers).map(({ title, answers }) => ({ title, answers: answers.map(({ question, display }) => ({ question, display })) })),
    materials: whole.materials.map((one) => ({
      id: one.id, name: service.materials.find((material) => material.code === one.code)?.name ?? { zh: one.code, en: one.code },
      fileName: one.file_name, satisfiedBy: one.satisfied_zh ? { zh: one.satisfied_zh, en: one.satisfied_en ?? one.satisfied_zh } : null,
    })),
    ...(fetched ? { fetched } : {}),
    correction: openCorrection(service, whole),
    payment: whole.order ? { orderId: whole.order.id, amount: whole.order.amount, status: whole.order.status, items: whole.order.items } : null,
    licences: whole.licences,
    documents: noticesOf(whole),
    appointment: whole.appointment ? { place: service.place, at: iso(whole.appointment.at) } : null,
    canWithdraw: !isEnded(row.state),
    rating: whole.rating ? { level: whole.rating.level, comment: whole.rating.comment, ratedAt: iso(whole.rating.rated_at) } : null,
    contact: { department: service.department.name, phone: service.consultPhone },
  };
};
