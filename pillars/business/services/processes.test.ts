import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { newState, step, type Command, type Effect, type State } from '@zhengwu/processes';
import { checkPackDirectory } from './index.ts';
import { freeze, type FrozenService } from './frozen.ts';

const now = '2026-11-22T04:00:00.000Z';
const applicant = { id: 'p', kind: 'person', name: '云小川', identifier: '990102199003070011' };
const frozen = new Map<string, FrozenService>();

beforeAll(async () => {
  for (const name of ['resident-identity', 'enterprise', 'driving']) {
    const { data, hash, findings } = await checkPackDirectory(join(import.meta.dirname, '../../../packs', name));
    expect(findings).toEqual([]);
    if (data) for (const [code, service] of (await freeze(hash, data)).services) frozen.set(code, service);
  }
});

/** Plays a case: operations answer at once, tasks wait for `decide`. */
const play = (code: string, variables: object, operations: Record<string, object> = {}) => {
  const service = frozen.get(code) as FrozenService;
  const context = { now, definitions: service.definitions, decide: service.decide };
  const seen: { called: [string, Record<string, unknown>][]; tasks: Map<number, Extract<Effect, { type: 'openTask' }>>; incidents: string[]; done: boolean } = { called: [], tasks: new Map(), incidents: [], done: false };
  let state: State = newState();
  const send = (command: Command): void => {
    const result = step(service.definition, state, command, context);
    if ('refused' in result && result.refused) throw new Error(JSON.stringify(result));
    state = result.state;
    for (const effect of result.effects) {
      if (effect.type === 'openTask') seen.tasks.set(effect.token, effect);
      if (effect.type === 'closeTask') seen.tasks.delete(effect.token);
      if (effect.type === 'incident') seen.incidents.push(`${effect.element}: ${effect.reason}`);
      if (effect.type === 'completed') seen.done = true;
      if (effect.type === 'invoke') {
        seen.called.push([effect.operation, effect.input as Record<string, unknown>]);
        send({ type: 'invocationResult', token: effect.token, ok: true, variables: (operations[effect.operation] ?? {}) as never });
      }
    }
  };
  const decide = (element: string, outcome: string): void => {
    const task = [...seen.tasks.values()].find((one) => one.element === element);
    if (!task) throw new Error(`no task ${element}; open: ${[...seen.tasks.values()].map((one) => one.element).join()}; ${seen.incidents.join()}`);
    send({ type: 'completeTask', token: task.token, outcome });
  };
  send({ type: 'start', variables: { applicant, case: { id: 'c', number: 'N1', channel: 'portal', department: 'D' }, ...variables } as never });
  return { seen, decide, pay: () => send({ type: 'deliverMessage', name: 'payment.paid' }), open: () => [...seen.tasks.values()].map((one) => `${one.element}@${one.department}`).sort() };
};

const registered = { found: true, name: '云小川', status: 'living' };
const person = { name: '云小川', sex: '男', ethnicity: '汉', birth: '1990-03-07', address: '听潮路1号', citizenNumber: applicant.identifier };

describe('replacement of an identity card', () => {
  const start = () => play('identity-card-replacement', { application: { ...person, reason: 'lost' }, facts: { population: registered, identityCard: { found: true, losses: 1 } } });

  test('is accepted, reviewed, approved, paid and issued for twenty years at 36', () => {
    const run = start();
    run.decide('accept', 'accept');
    run.decide('review', 'pass');
    run.decide('approve', 'approve');
    expect(run.seen.called.at(-1)).toMatchObject(['payments.request', { items: [{ amount: 4000 }] }]);
    run.pay();
    expect(run.seen.incidents).toEqual([]);
    expect(run.seen.done).toBe(true);
    const issued = run.seen.called.find(([name]) => name === 'licences.issue')?.[1];
    expect(issued).toMatchObject({ type: 'resident-identity-card', validUntil: '2046-11-22', fields: { validPeriod: '2026-11-22 — 2046-11-22' } });
    expect(run.seen.called.find(([name]) => name === 'registers.update')?.[1]).toMatchObject({ data: { losses: 2, status: 'valid' } });
    expect(run.seen.called.map(([name]) => name).slice(-2)).toEqual(['cases.close', 'cases.deliver']);
  });

  test.each([['accept', 'notWithinScope', 'notWithinScope'], ['accept', 'refuseAcceptance', 'refuseAcceptance']])('ends at once: %s %s', (task, outcome, result) => {
    const run = start();
    run.decide(task, outcome);
    expect(run.seen.called).toEqual([['cases.close', { result }]]);
    expect(run.seen.done).toBe(true);
  });

  test('approved with materials to follow is closed as such 容缺', () => {
    const run = start();
    run.decide('accept', 'accept');
    run.decide('review', 'pass');
    run.decide('approve', 'approveFollowUp');
    run.pay();
    expect(run.seen.called.find(([name]) => name === 'cases.close')?.[1]).toMatchObject({ result: 'approvedFollowUp' });
  });

  test('refused is closed without a fee', () => {
    const run = start();
    run.decide('accept', 'accept');
    run.decide('review', 'fail');
    run.decide('approve', 'refuse');
    expect(run.seen.called.map(([name, input]) => [name, input.result])).toEqual([['cases.accept', undefined], ['cases.close', 'refused']]);
  });
});

describe('establishment of an enterprise', () => {
  const application = {
    companyName: '云川清溪软件有限公司', companyType: 'sole', scopeItems: ['software'], taxpayerKind: 'small', termYears: 0, seals: ['official'], division: '990102',
    address: '听潮路8号', capital: 100_000_000, legalRepresentative: '云小川', legalRepresentativeNumber: applicant.identifier, employees: 3,
  };
  const facts = { companyName: { found: false, status: null }, population: registered, restricted: { found: false, status: null } };
  const start = (more: object = {}) => play('enterprise-establishment', { application: { ...application, ...more }, facts }, { 'services.assignUscc': { uscc: '91990102MA0000015T' } });

  test('gives the code and licence, then tax, seals and insurance in parallel, one licence each', () => {
    const run = start();
    run.decide('accept', 'accept');
    run.decide('review', 'pass');
    run.decide('approve', 'approve');
    expect(run.open()).toEqual(['insuranceHandle@YC-RS', 'sealHandle@YC-GA-YZ', 'taxHandle@YC-SW']);
    for (const lane of ['seal', 'insurance', 'tax']) run.decide(`${lane}Handle`, 'done');
    expect(run.seen.incidents).toEqual([]);
    expect(run.seen.done).toBe(true);
    expect(run.seen.called.filter(([name]) => name === 'licences.issue').map(([, input]) => input.type)).toEqual(['business-licence', 'seal-filing', 'social-insurance-registration', 'tax-registration']);
    expect(run.seen.called.filter(([name]) => name === 'cases.close')).toHaveLength(1);
  });

  test('trades that need a permit are countersigned by each department in charge, all at once', () => {
    const run = start({ scopeItems: ['software', 'labour-dispatch', 'training'] });
    run.decide('accept', 'accept');
    expect(run.open()).toEqual(['countersign@YC-JY', 'countersign@YC-RS']);
    run.decide('countersign', 'agree');
    run.decide('countersign', 'agree');
    expect(run.open()).toEqual(['review@YC-SC']);
  });

  test('one department against it refuses the whole', () => {
    const run = start({ scopeItems: ['labour-dispatch', 'training'] });
    run.decide('accept', 'accept');
    run.decide('countersign', 'disagree');
    expect(run.open()).toEqual([]);
    expect(run.seen.called.at(-1)).toMatchObject(['cases.close', { result: 'refused' }]);
  });
});

describe('renewal of a driver’s licence', () => {
  const licence = { found: true, fileNumber: 'F1', classes: 'C1', firstIssuedOn: '2020-12-30', validFrom: '2020-12-30', validUntil: '2026-12-30', points: 0, unpaidViolations: 0, status: 'valid' };
  const facts = { population: registered, driverLicence: licence, physicalExam: { found: true, result: 'fit', validUntil: '2027-03-01' }, relief: { found: false, status: null } };
  const start = (more: object = {}) => play('driver-licence-renewal', { application: person, facts: { ...facts, ...more } });

  test('touches no hand: checked, paid, issued for ten years', () => {
    const run = start();
    expect(run.open()).toEqual([]);
    run.pay();
    expect(run.seen.incidents).toEqual([]);
    expect(run.seen.called.map(([name]) => name)).toEqual(['cases.accept', 'payments.request', 'licences.issue', 'registers.update', 'cases.close', 'cases.deliver']);
    expect(run.seen.called[2]?.[1]).toMatchObject({ validUntil: '2036-11-22' });
  });

  test('asks nothing of those who are exempt from the fee', () => {
    const run = start({ relief: { found: true, status: 'active' } });
    expect(run.seen.done).toBe(true);
    expect(run.seen.called.map(([name]) => name)).not.toContain('payments.request');
  });

  test('gives an exception to a person', () => {
    const run = start({ driverLicence: { ...licence, unpaidViolations: 1 } });
    expect(run.open()).toEqual(['examine@YC-GA-JG']);
    run.decide('examine', 'accept');
    run.decide('approve', 'approve');
    run.pay();
    expect(run.seen.done).toBe(true);
  });
});

describe('first issue of a driver’s licence', () => {
  test('books the visit, waits for one who did not come, and issues for six years', () => {
    const run = play('driver-licence-first-issue', {
      application: { ...person, licenceClass: 'C1', appointment: 'place@2026-11-24T01:00@1' },
      facts: {
        population: registered, driverLicence: { found: false, status: null }, physicalExam: { found: true, result: 'fit', validUntil: '2027-03-01' },
        examination: { found: true, result: 'passed', licenceClass: 'C1' }, relief: { found: false, status: null },
      },
    });
    run.decide('accept', 'absent');
    run.decide('accept', 'accept');
    run.decide('review', 'pass');
    run.decide('approve', 'approve');
    run.pay();
    expect(run.seen.incidents).toEqual([]);
    expect(run.seen.called.map(([name]) => name)).toEqual([
      'appointments.book', 'messages.send', 'cases.accept', 'payments.request', 'licences.issue', 'registers.update', 'cases.close', 'cases.deliver',
    ]);
    expect(run.seen.called[4]?.[1]).toMatchObject({ validUntil: '2032-11-22', fields: { classes: 'C1', fileNumber: 'N1' } });
  });
});
