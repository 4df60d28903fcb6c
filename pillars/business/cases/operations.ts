import { caseState } from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import { uuidv7 } from '@zhengwu/ids';
import type { Command, Effect } from '@zhengwu/processes';
import { setApplication, setCase, type Flow } from './flow.ts';
import { slotOf } from './slots.ts';
import { closeCase } from './closing.ts';
import { fail } from './errors.ts';
import { note } from './history.ts';
import { resumeClock, startClock, stopClock } from './limits.ts';
import type { CaseRow } from './rows.ts';
import { shiftDues } from './tasks.ts';

type Invoke = Extract<Effect, { type: 'invoke' }>;
type Input = Readonly<Record<string, unknown>>;
/** An operation answers with process variables, or with nothing to add. */
type Operation = (flow: Flow, input: Input) => Record<string, unknown> | void;

const text = (value: unknown, otherwise = ''): string => (typeof value === 'string' ? value : otherwise);

/** Accepts 受理: the clock starts; day 1 is the next working day. */
export const acceptCase = (flow: Flow, how: 'official' | 'deemed' | 'automatic', day = dayOf(flow.now)): void => {
  if (flow.row.accepted_at) return;
  setCase(flow, {
    state: flow.row.channel === 'window' && how === 'official' ? caseState.windowAccepted : caseState.departmentAccepted,
    accepted_at: flow.now.toISOString(),
    waits_for: flow.row.waits_for === 'attend' ? null : flow.row.waits_for,
    ...startClock(flow.ground.calendar(), flow.row, day),
  });
  const wording = {
    official: { zh: '已受理', en: 'Accepted' },
    automatic: { zh: '已自动受理', en: 'Accepted automatically' },
    deemed: { zh: '逾期未告知补正，自收到之日起视为受理', en: 'Deemed accepted on receipt: nothing missing was named in time' },
  }[how];
  note(flow, { kind: 'accepted', ...wording });
  flow.unit.events.push({ type: 'case.accepted', subject: flow.row.id, payload: { how } });
  flow.unit.audit.push({ event: 'case.accepted', subject: flow.row.id, detail: { how } });
  tell(flow, 'accepted', { due: flow.row.promised_due ?? '' });
};

/**
 * Sends the applicant a message about this case. Its key is the version of the case with the message's place in the unit:
 * a version is written once, so a message is sent once, and two turns of one version can't take each other's key.
 */
export const tell = (flow: Flow, template: string, params: Record<string, string | number> = {}): void => {
  setCase(flow, {});
  flow.unit.messages.push(flow.ground.makeMessage({
    to: flow.row.agent ?? flow.row.applicant,
    template,
    params: { number: flow.row.number, service: flow.row.service_zh, serviceEn: flow.row.service_en, ...params },
    caseId: flow.row.id,
    key: `${flow.row.id}:${flow.isNew ? 0 : flow.row.version}:${flow.unit.messages.length}:${template}`,
    now: flow.now,
  }));
};

interface Holder {
  id?: string;
  kind?: 'person' | 'institution';
  name?: string;
  identifier?: string;
}

/** The licence's holder: the applicant, or a company that this case brings into being and its founder represents. */
const holderOf = (flow: Flow, given: Holder): { id: string; kind: 'person' | 'institution'; name: string } => {
  const { applicant, applicant_kind, applicant_name } = flow.row;
  if (given.id || !given.identifier) return { id: given.id ?? applicant, kind: given.kind ?? applicant_kind, name: given.name ?? applicant_name };
  const kind = given.kind ?? 'institution';
  const name = given.name ?? given.identifier;
  const made = flow.ground.makePrincipal({ kind, identifier: given.identifier, name });
  flow.unit.principals.push(made.row);
  const founder = flow.row.agent ?? flow.row.applicant;
  if (kind === 'institution' && founder !== made.id) flow.unit.mandates.push({ id: uuidv7(), principal: made.id, agent: founder, basis: 'representative' });
  return { id: made.id, kind, name };
};

const issueLicence: Operation = (flow, input) => {
  const holder = holderOf(flow, (input['holder'] ?? {}) as Holder);
  const made = flow.ground.makeLicence({
    type: text(input['type']), packHash: flow.row.pack_hash, holder: holder.id,
    holderKind: holder.kind, holderName: holder.name, caseId: flow.row.id,
    department: flow.row.department, fields: (input['fields'] ?? {}) as Record<string, unknown>, validUntil: text(input['validUntil']) || null,
    pictures: flow.pictures, now: flow.now,
  });
  flow.unit.licences.push(made.row);
  flow.unit.events.push({ type: 'licences.issued', subject: made.id, payload: { caseId: flow.row.id, type: text(input['type']) } });
  note(flow, { kind: 'licence', zh: `已签发${made.name.zh}`, en: `Issued: ${made.name.en}`, detail: { zh: made.id, en: made.id } });
  return { licence: made.id };
};

const requestPayment: Operation = (flow, input) => {
  const given = (input['items'] ?? []) as { name?: { zh: string; en: string }; amount: number }[];
  const items = given.map((item) => ({ name: item.name ?? flow.service.name, amount: item.amount }));
  const amount = items.reduce((sum, item) => sum + item.amount, 0);
  const order = flow.ground.makeOrder({ caseId: flow.row.id, payer: flow.row.applicant, department: flow.row.department, items, now: flow.now });
  flow.unit.orders.push(order.row);
  setCase(flow, { waits_for: flow.row.waits_for === 'correct' ? 'correct' : 'pay', ...stopClock(flow.row, flow.now, 'payment') });
  setApplication(flow, { variables: { ...flow.application.variables, order: order.id, amount, paid: false } });
  note(flow, { kind: 'payment', zh: `待缴费 ${(amount / 100).toFixed(2)} 元`, en: `Fee due: ${(amount / 100).toFixed(2)} yuan` });
  tell(flow, 'feeDue', { amount: (amount / 100).toFixed(2) });
  return { order: order.id, amount };
};

/** A fee was asked for and has not arrived. */
export const awaitsFee = ({ application: { variables } }: Flow): boolean => variables['order'] !== undefined && variables['paid'] !== true;

/** What the applicant has to do when nothing more urgent is asked: pay, or come to the appointment for acceptance. */
export const waitsFor = (flow: Flow): CaseRow['waits_for'] =>
  awaitsFee(flow) ? 'pay' : !flow.row.accepted_at && flow.application.variables['appointment'] !== undefined ? 'attend' : null;

/** The clock runs on after a correction, a special procedure or a payment, unless a fee is still awaited; the days of tasks move along. */
export const runOn = (flow: Flow): void => {
  const before = flow.row.promised_due;
  setCase(flow, awaitsFee(flow) ? { clock_stopped_for: flow.row.clock_stopped_for && 'payment' } : resumeClock(flow.ground.calendar(), flow.row, flow.now));
  shiftDues(flow, before);
};

/** The fee has arrived; the process goes on by the message `payment.paid`. */
export const recordPayment = (flow: Flow): void => {
  setApplication(flow, { variables: { ...flow.application.variables, paid: true } });
  if (flow.row.waits_for === 'pay') setCase(flow, { waits_for: waitsFor(flow) });
  if (flow.row.clock_stopped_for === 'payment') runOn(flow);
  note(flow, { kind: 'paid', zh: '已缴费', en: 'Paid' });
};

const OPERATIONS: Readonly<Record<string, Operation>> = {
  'cases.accept': (flow) => acceptCase(flow, flow.service.immediate ? 'automatic' : 'official'),
  'cases.close': (flow, input) => closeCase(flow, text(input['result'], 'approved'), text(input['reason'])),
  'cases.deliver': (flow) => {
    if (flow.row.delivered_at) return;
    setCase(flow, { delivered_at: flow.now.toISOString() });
    note(flow, { kind: 'delivered', zh: '结果已送达', en: 'Result delivered' });
  },
  'licences.issue': issueLicence,
  'payments.request': requestPayment,
  'registers.update': (flow, input) => {
    flow.unit.registerWrites.push(flow.ground.makeRegisterWrite({
      register: text(input['register']), key: text(input['key']), data: (input['data'] ?? {}) as Record<string, unknown>, cause: flow.row.id, now: flow.now,
    }));
  },
  'registers.read': (flow, input) => ({ record: flow.application.facts[text(input['register'])] ?? null }),
  'services.assignUscc': (flow, input) => ({ uscc: flow.ground.assignUscc(text(input['division'], '990100')) }),
  'messages.send': (flow, input) => {
    const { template, ...params } = input;
    tell(flow, text(template, 'notice'), Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)])));
  },
  'appointments.book': (flow, input) => {
    const slot = slotOf(text(input['slot']));
    if (!slot || Date.parse(slot.at) <= flow.now.getTime()) throw fail('appointment.taken');
    flow.unit.appointment = { place: slot.place, at: slot.at, seat: slot.seat, case_id: flow.row.id };
    setApplication(flow, { variables: { ...flow.application.variables, appointment: slot.at } });
    setCase(flow, { waits_for: 'attend' });
    note(flow, { kind: 'appointment', zh: '已预约', en: 'Appointment booked', detail: slot.label });
  },
};

/** Names a pack's process may call; anything else is refused when the pack loads. */
export const operationNames: readonly string[] = Object.keys(OPERATIONS);

/** Carries out a service task's operation and answers the engine. */
export const operate = (flow: Flow, effect: Invoke): Command | null => {
  const operation = OPERATIONS[effect.operation];
  if (!operation) return { type: 'invocationResult', token: effect.token, ok: false, code: 'unknown-operation', message: effect.operation };
  const variables = operation(flow, effect.input) ?? {};
  return { type: 'invocationResult', token: effect.token, ok: true, variables: variables as never };
};
