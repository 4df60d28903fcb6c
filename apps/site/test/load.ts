import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as api from '@zhengwu/contracts';
import { PNG, type Clients, type Person } from './clients.ts';

const SERVICE = 'identity-card-replacement';
/** Between two applications of one person: the site allows each account two uploads a second. */
const PAUSE_MS = 200;

export interface Sent {
  key: string;
  body: string;
  citizen: Person;
  /** What the site acknowledged. */
  caseId?: string;
}

/** Decisions of officials that the site acknowledged: task and outcome. */
export interface Load {
  sent: Sent[];
  decided: string[];
  /** What refused somebody and ended their part. */
  refused: unknown[];
  /** What uploads and submissions were answered when they were not taken. */
  answers: string[];
  /** Ends the load and waits for what is under way; throws what refused somebody meanwhile. */
  stop(): Promise<void>;
}

/** A site that has just come back may say that so many tries at once were too many: that is to be waited for. */
const TOO_MANY = 429;

/** Tries again while the site is away; a clear refusal is thrown. */
const persist = async <T>(work: () => Promise<T>, isOver: () => boolean): Promise<T | undefined> => {
  while (!isOver()) {
    try {
      return await work();
    } catch (error) {
      const status = error instanceof api.ProblemError ? error.problem.status : 500;
      if (status < 500 && status !== TOO_MANY) throw error;
      await sleep(status === TOO_MANY ? 1000 : 100);
    }
  }
  return undefined;
};

/** Sends a submission under its own key; what is acknowledged is noted. */
export const send = async (one: Sent): Promise<string> => {
  const response = await one.citizen.send('POST', '/api/cases', { body: one.body, headers: { 'idempotency-key': one.key } });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  const { caseId } = (await response.json()) as { caseId: string };
  one.caseId = caseId;
  return caseId;
};

const prepare = async (people: Clients, citizen: Person): Promise<Sent> => {
  const grant = await citizen.call(api.grantUpload, { body: { owner: 'intake', service: SERVICE, material: 'portrait-photo', name: 'a.png', type: 'image/png' } });
  const stored = await people.upload(grant, PNG);
  if (!stored.ok) throw new Error(`upload ${stored.status}`);
  const values = { reason: 'lost', lostOn: '2026-11-20', lossDeclared: true, phone: '12500000001', delivery: 'window' };
  return { key: randomUUID(), citizen, body: JSON.stringify({ service: SERVICE, values, materials: [{ material: 'portrait-photo', upload: grant.id }] }) };
};

/** Decides what waits in an official's queue for a first decision. */
const decideSome = async (official: Person, outcome: string, load: Pick<Load, 'decided'>): Promise<void> => {
  const { items } = await official.call(api.workList, { query: { queue: 'todo', service: SERVICE, sort: '-opened', limit: 5 } });
  for (const { id, version } of items) {
    const done = await official.call(api.completeTask, { params: { id }, body: { version, outcome, opinion: '符合条件' }, idempotencyKey: randomUUID() }).then(() => true, () => false);
    if (done) load.decided.push(id);
  }
};

/** Citizens who apply and officials who decide until they are told to stop. */
export const startLoad = (people: Clients, citizens: readonly Person[], officials: readonly [Person, string][]): Load => {
  let isOver = false;
  const over = () => isOver;
  const load = { sent: [] as Sent[], decided: [] as string[], refused: [] as unknown[], answers: [] as string[] };
  const heard = (error: unknown): never => {
    load.answers.push(error instanceof Error ? error.message.slice(0, 300) : String(error));
    throw error;
  };
  const apply = async (citizen: Person): Promise<void> => {
    while (!isOver) {
      await sleep(PAUSE_MS);
      const one = await persist(() => prepare(people, citizen).catch(heard), over);
      if (!one) return;
      load.sent.push(one);
      // Half of those who get no answer do not ask again under load.
      if (Math.random() < 0.5) await persist(() => send(one).catch(heard), over);
      else await send(one).catch(heard).catch(() => undefined);
    }
  };
  const work = async ([official, outcome]: [Person, string]): Promise<void> => {
    while (!isOver) {
      await decideSome(official, outcome, load).catch(() => undefined);
      await sleep(100);
    }
  };
  const running = [...citizens.map(apply), ...officials.map(work)].map((one) => one.catch((error: unknown) => void load.refused.push(error)));
  return { ...load, stop: async () => {
    isOver = true;
    await Promise.all(running);
    if (load.refused.length > 0) throw load.refused[0];
  } };
};

const payAt = async (origin: string, citizen: Person, orderId: string): Promise<void> => {
  const { address } = await citizen.call(api.startPayment, { params: { id: orderId }, body: { returnTo: 'http://127.0.0.1:8080/back' } });
  await fetch(`${origin}/api/sandbox/${address.split('/').at(-1)}/pay`, { redirect: 'manual' });
};

/** Carries one case from application to its licence. */
export const obtainLicence = async (people: Clients & { origin: string }, citizen: Person, officials: readonly [Person, string][]): Promise<string> => {
  const one = await prepare(people, citizen);
  const id = await send(one);
  for (let tries = 0; tries < 100; tries += 1) {
    const { licences, payment } = await citizen.call(api.myCase, { params: { id } });
    if (licences[0]) return licences[0].id;
    if (payment && payment.status !== 'paid') await payAt(people.origin, citizen, payment.orderId).catch(() => undefined);
    for (const [official, outcome] of officials) await decideSome(official, outcome, { decided: [] }).catch(() => undefined);
    await sleep(100);
  }
  throw new Error('no licence was issued');
};
