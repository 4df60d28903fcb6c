import { randomUUID } from 'node:crypto';
import { createHmacSigner } from '@zhengwu/crypto';
import { openApplicants, type Applicant } from '../applicants.ts';
import { SECRET, type Ground } from '../ground.ts';
import { requestOf, type Connection } from '../load/connection.ts';
import { official, type Person } from '../people.ts';


/** The three human steps of a replacement: who takes each and how they decide. */
const steps = [
  { name: 'accept', account: 'window01', outcome: 'accept' },
  { name: 'review', account: 'reviewer01', outcome: 'pass' },
  { name: 'approve', account: 'approver01', outcome: 'approve' },
] as const;

const bank = createHmacSigner(SECRET, 'sandbox-bank');

export interface Hall {
  ground: Ground;
  applicants: readonly Applicant[];
  officials: readonly Person[];
  /** Milliseconds by step. */
  times: Map<string, number[]>;
}

const send = async <T>(hall: Hall, connection: Connection, step: string, request: Buffer, status = 200): Promise<T> => {
  const answer = await connection.send(request);
  if (answer.status !== status) throw new Error(`${step}: ${answer.status} ${answer.body.toString().slice(0, 400)}`);
  const times = hall.times.get(step);
  if (times) times.push(answer.ms);
  else hall.times.set(step, [answer.ms]);
  return JSON.parse(answer.body.toString()) as T;
};

/** Which task waits: an official has it on the screen already, so it is looked up beside the measured way. */
const openTask = async ({ ground }: Hall, caseId: string): Promise<{ id: string; version: number }> => {
  const { rows } = await ground.owner.query<{ id: string; version: number }>({ name: 'task', text: `select id, version from cases.task where case_id = $1 and status = 'open'`, values: [caseId] });
  return rows[0] as { id: string; version: number };
};

const callback = async ({ ground }: Hall, caseId: string): Promise<unknown> => {
  const { rows } = await ground.owner.query<{ number: string; amount: string }>({ name: 'order', text: `select number, amount from payments."order" where case_id = $1`, values: [caseId] });
  const order = rows[0] as { number: string; amount: string };
  const body = { order: order.number, transaction: randomUUID(), amount: Number(order.amount), result: 'paid', at: new Date().toISOString(), nonce: randomUUID() };
  return { ...body, signature: bank.sign(body.order, body.transaction, String(body.amount), body.result, body.at, body.nonce) };
};

/** One case from the application to the payment; the licence follows by itself. */
export const playCase = async (hall: Hall, connection: Connection, worker: number): Promise<void> => {
  const { caseId } = await send<{ caseId: string }>(hall, connection, 'submit', (hall.applicants[worker] as Applicant).submission(), 201);
  for (const [index, step] of steps.entries()) {
    const person = hall.officials[index] as Person;
    const task = await openTask(hall, caseId);
    const claimed = await send<{ version: number }>(hall, connection, 'claim', person.request('POST', `/api/tasks/${task.id}/claim`, { version: task.version }, randomUUID()));
    await send(hall, connection, step.name, person.request('POST', `/api/tasks/${task.id}/complete`, { version: claimed.version, outcome: step.outcome, opinion: '符合条件' }, randomUUID()));
  }
  await send(hall, connection, 'pay', requestOf('POST', '/api/payments/callback/sandbox', {}, await callback(hall, caseId)));
};

/** Applicants for each connection, and the officials. */
export const openHall = async (ground: Ground, connections: number): Promise<Hall> => ({
  ground, applicants: await openApplicants(ground, connections), officials: await Promise.all(steps.map((step) => official(ground, step.account))), times: new Map(),
});
