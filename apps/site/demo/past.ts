import { setImmediate } from 'node:timers/promises';
import type { Actor } from '@zhengwu/contracts';
import { Cases, loadPast, openPast, type Lived, type Past } from '@zhengwu/cases';
import type { City } from '@zhengwu/demo';
import type { Site } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import { Services } from '@zhengwu/services';
import { decisionFor, itemsFor, opinionFor } from './past-words.ts';
import { sampleFiles, type SampleFile } from './samples.ts';

type PastCase = City['cases'][number];
type Task = Lived['tasks'][number];
type CounterBegin = Parameters<Past['begin']>[1];

const nobody: Omit<Actor, 'kind' | 'personId' | 'name' | 'homeDepartments' | 'posts'> = {
  accountId: null, subjects: [], onBehalfOf: null, scope: 'all', departments: [], permissions: {}, clearance: 0, assurance: 1, sessionId: null, requestId: 'past', address: '',
};

/** The officials of the city by department and post; work goes round among those who hold the seat, and stays with whom it is reserved for. */
const rosterOf = (city: City): ((task: Task) => Actor) => {
  const turns = new Map<string, number>();
  return (task) => {
    const seats = new Set(city.organisation.posts.filter((post) => post.department === task.department && (!task.post || post.roles.some((role) => role === task.post))).map((post) => post.code));
    const people = city.organisation.people.filter((person) => person.posts.some((post) => seats.has(post)));
    const name = `${String(task.department)}/${task.post ?? ''}`;
    const turn = turns.get(name) ?? 0;
    const holder = people.find((one) => one.id === task.assignee);
    if (!holder) turns.set(name, turn + 1);
    const person = holder ?? people[turn % people.length];
    if (!person) throw new Error(`demo: nobody handles ${name}`);
    return { ...nobody, kind: 'official', personId: person.id, name: person.name, homeDepartments: [task.department], posts: person.posts };
  };
};

interface Stage {
  past: Past;
  officialFor: (task: Task) => Actor;
  applicant: Actor;
  fileOf: (material: string) => SampleFile;
  plan: PastCase;
  lived: Lived;
  /** The instant of the last act, ms: nothing happens before it. */
  last: number;
}

const minutes = 60_000;

const decide = (stage: Stage, task: Task, at: number, outcome: string): void => {
  const when = Math.max(at, stage.last);
  const claimed = Math.max(stage.last, when - (2 + (stage.plan.sequence + task.token) % 9) * minutes);
  stage.past.decide(stage.lived, { actor: stage.officialFor(task), at: new Date(when) }, task, new Date(claimed), outcome, opinionFor(outcome));
  stage.last = when;
};

/** Carries every open task to the end the plan names; early checks happen soon, the decision when the plan says. */
const finish = (stage: Stage, state: number, at: number): void => {
  const { past, lived, applicant } = stage;
  for (let turn = 0; turn < 12 && !lived.case.closed_at; turn += 1) {
    if (lived.case.waits_for === 'pay') past.pay(lived, { actor: applicant, at: new Date(Math.max(at, stage.last)) });
    for (const task of past.open(lived)) {
      if (lived.case.closed_at) break;
      const early = task.kind === 'review' || task.kind === 'countersign' || task.kind === 'accept';
      decide(stage, task, early ? Math.min(at, stage.last + 40 * minutes) : at, decisionFor(task, state));
    }
  }
};

const acceptTask = ({ past, lived }: Stage): Task | undefined => past.open(lived).find((task) => task.kind === 'accept');

/** What brings a case into each of the fifteen states. */
const moves: Readonly<Record<number, (stage: Stage, at: number, state: number) => void>> = {
  2: (stage, at) => stage.past.withdraw(stage.lived, { actor: stage.applicant, at: new Date(at) }, '材料还没有准备好，以后再申请。'),
  3: (stage, at) => {
    const task = acceptTask(stage);
    if (task) decide(stage, task, at, 'accept');
  },
  4: (stage, at) => {
    const task = acceptTask(stage);
    if (task) decide(stage, task, at, 'notWithinScope');
  },
  5: (stage, at) => {
    const task = acceptTask(stage);
    if (task) decide(stage, task, at, 'refuseAcceptance');
  },
  6: (stage, at) => {
    const task = acceptTask(stage);
    if (task) stage.past.askCorrection(stage.lived, { actor: stage.officialFor(task), at: new Date(at) }, task, itemsFor(stage.plan.service));
  },
  7: (stage, at) => {
    if (stage.lived.case.state === 6) stage.past.correct(stage.lived, { actor: stage.applicant, at: new Date(at) }, stage.fileOf);
  },
  9: (stage, at) => {
    const task = stage.past.open(stage.lived)[0];
    if (!task || !stage.lived.case.accepted_at) return;
    stage.past.suspend(stage.lived, { actor: stage.officialFor(task), at: new Date(at) }, task, { kind: 'inspection', reason: '需要现场核查申报情况。', plannedDays: 10 });
  },
  10: (stage, at) => {
    const task = stage.past.open(stage.lived)[0];
    if (task && stage.lived.case.state === 9) stage.past.resume(stage.lived, { actor: stage.officialFor(task), at: new Date(at) }, task, '核查无误。');
  },
  11: (stage, at, state) => finish(stage, state, at),
  12: (stage, at, state) => finish(stage, state, at),
  13: (stage, at, state) => finish(stage, state, at),
  14: (stage, at) => stage.past.withdraw(stage.lived, { actor: stage.applicant, at: new Date(at) }, '改由线下办理，撤回申请。'),
  15: (stage, at) => {
    const decided = stage.lived.tasks.findLast((task) => task.status === 'done');
    if (decided) stage.past.revoke(stage.lived, { actor: stage.officialFor(decided), at: new Date(at) }, '申请人提供的材料不真实，依法撤销决定。');
  },
};

/** A closed case keeps the card it earned. */
const giveCard = ({ case: row }: Lived): void => {
  const closed = row.closed_at && new Date(Date.parse(row.closed_at) + 8 * 60 * minutes).toISOString().slice(0, 10);
  if (!closed) return;
  row.card = row.statutory_due && closed > row.statutory_due ? 'red' : row.promised_due && closed > row.promised_due ? 'yellow' : 'none';
};

/** Applications as the site would have taken them, from the plan and the registers. */
const applicationsOf = (site: Site, city: City, fileOf: (material: string) => SampleFile): ((plan: PastCase) => CounterBegin) => {
  const services = site.use(Services);
  const registers = site.use(Registers);
  const { desk, division } = site.use(Cases);
  const people = new Map(city.principals.map((one) => [one.id, one]));
  const records = new Map(city.records.map((one) => [`${one.register}/${one.key}`, one.data]));
  const factOf = (register: string, record: Record<string, unknown> | undefined): Record<string, unknown> => ({
    found: record !== undefined, ...Object.fromEntries((registers.definition(register)?.fields ?? []).map(({ key }) => [key, record?.[key] ?? null])),
  });
  return (plan) => {
    const frozen = services.current(plan.service);
    const applicant = people.get(plan.applicant)!;
    const then = (name: string, register: string): Record<string, unknown> | undefined => {
      const given = plan.facts[name] ?? records.get(`${register}/${applicant.identifier}`);
      return given && Object.keys(given).length > 0 ? given : undefined;
    };
    const facts = Object.fromEntries(frozen.service.facts.map(({ name, register }) => [name, factOf(register, then(name, register))]));
    const prefills = frozen.service.form.flatMap((step) => step.layout).filter((field) => field.prefill);
    const population = (records.get(`population/${applicant.identifier}`) ?? {}) as Record<string, unknown>;
    const held: Record<string, unknown> = { ...population, legalRepresentative: applicant.name, legalRepresentativeNumber: applicant.identifier };
    const filled = Object.fromEntries(prefills.flatMap(({ key }) => (held[key] === undefined || plan.answers[key] !== undefined ? [] : [[key, held[key]]])));
    return {
      service: desk.serviceOf(frozen.packHash, plan.service), applicant, answers: { ...filled, ...plan.answers }, facts,
      prefilled: prefills.flatMap(({ key, prefillSource }) => (prefillSource ? [{ key, source: prefillSource }] : [])),
      materials: frozen.service.materials.filter((one) => one.need === 'required' && !one.needWhen).map((one) => (one.source === 'applicant'
        ? { code: one.code, ...fileOf(one.code), satisfied_zh: null, satisfied_en: null }
        : { code: one.code, file_hash: null, file_name: null, file_type: null, file_size: null, satisfied_zh: one.sourceExplain?.zh ?? one.name.zh, satisfied_en: one.sourceExplain?.en ?? one.name.en })),
      channel: plan.channel, sequence: plan.sequence, division,
    };
  };
};

const liveThrough = (stage: Stage): void => {
  for (const { state, at } of stage.plan.steps.slice(1)) {
    const when = Math.max(Date.parse(at), stage.last);
    if (state === 8 && stage.lived.case.accepted_at) continue;
    moves[state === 8 ? 3 : state]?.(stage, when, state);
    stage.last = Math.max(stage.last, when);
  }
  const { rating } = stage.plan;
  if (rating && stage.lived.case.closed_at) {
    stage.past.rate(stage.lived, { actor: stage.applicant, at: new Date(Math.max(Date.parse(rating.at), stage.last)) }, rating.level, rating.comment);
  }
  giveCard(stage.lived);
};

const BATCH = 100;

/** Lets the city's past cases live through the ordinary commands; the database writes one batch while the next is lived. All or none. */
export const loadCityPast = async (site: Site, city: City): Promise<void> => {
  const fileOf = await sampleFiles(site.files);
  const past = openPast(site.use(Cases).desk);
  const applicationOf = applicationsOf(site, city, fileOf);
  const officialFor = rosterOf(city);
  const live = (plan: PastCase): Lived => {
    const application = applicationOf(plan);
    const { id, name } = application.applicant;
    const applicant: Actor = { ...nobody, kind: 'citizen', personId: id, name, subjects: [id], homeDepartments: [], posts: [] };
    const begun = Date.parse(plan.steps[0]!.at);
    const lived = past.begin({ actor: applicant, at: new Date(begun) }, application, plan.applicantSeconds);
    liveThrough({ past, officialFor, applicant, fileOf, plan, lived, last: begun });
    return lived;
  };
  const plans = city.cases.filter((plan) => site.use(Services).isPublished(plan.service));
  await site.database.as(site.database.system, async (tx) => {
    let writing = Promise.resolve();
    for (let from = 0; from < plans.length; from += BATCH) {
      const lives = plans.slice(from, from + BATCH).map(live);
      await writing;
      writing = loadPast(tx, lives);
      await setImmediate();
    }
    await writing;
  });
};
