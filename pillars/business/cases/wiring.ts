import type { Calendars } from '@zhengwu/calendar';
import { dayOf } from '@zhengwu/clock';
import type { Directory } from '@zhengwu/directory';
import type { Licences, UnsignedRow } from '@zhengwu/licences';
import { messageRow } from '@zhengwu/messages';
import { orderRow, type Payments } from '@zhengwu/payments';
import type { Services } from '@zhengwu/services';
import type { Colleagues } from './colleagues.ts';
import { fail } from './errors.ts';
import type { Forms } from './forms.ts';
import type { Ground } from './ground.ts';
import type { People } from './people.ts';
import type { CaseStore } from './store.ts';
import type { WorkStore } from './store-work.ts';
import type { Unit } from './unit.ts';

export interface Others {
  calendars: Calendars;
  directory: Directory;
  licences: Licences;
  payments: Payments;
  services: Services;
}

/** What the flow of a case stands on, from other modules' offers. */
export const groundOf = ({ calendars, directory, licences, payments, services }: Others): Ground => ({
  calendar: calendars.current,
  departmentByCode: directory.departmentByCode,
  departmentById: directory.departmentById,
  timerDue: (timer, now) => timer.due ?? calendars.current().deadline(now, timer.workingDays ?? 0).toISOString(),
  makeLicence: ({ pictures, ...input }) => {
    const wanted = services.licenceType(input.packHash, input.type)?.template.portrait;
    return licences.make({ ...input, portrait: (wanted && pictures[wanted]) ?? null });
  },
  makeOrder: ({ now, ...order }) => {
    const row = orderRow({ ...order, provider: payments.current, at: now });
    return { id: row.id, row };
  },
  makeMessage: ({ now, ...message }) => messageRow({ ...message, at: now }),
  makePrincipal: (given) => {
    const row = directory.principals.rowOf({ ...given, phone: null, email: null });
    return { id: row.id, row };
  },
  makeRegisterWrite: ({ register, key, data, cause, now }) => ({ register, key, data, validFrom: dayOf(now), cause }),
  assignUscc: services.assignUscc,
});

/** What a command issues is signed before it is committed, by a key that may lie in a hardware module. */
export const signingLicences = (store: CaseStore, licences: Pick<Licences, 'sign'>): CaseStore => {
  const signed = async (unit: Unit): Promise<Unit> => (unit.licences.length === 0 ? unit : { ...unit, licences: await licences.sign(unit.licences as UnsignedRow[]) });
  return {
    ...store,
    commit: async (actor, unit, answer, once) => store.commit(actor, await signed(unit), answer, once),
    commitAll: async (actor, units, answer, once) => store.commitAll(actor, await Promise.all(units.map(signed)), answer, once),
  };
};

/** Forms of frozen services, with every material they know. */
export const formsOf = (services: Services): Forms => ({
  ...services.forms,
  allMaterials: (packHash, service) => services.forms.materials(packHash, service, {}, {}).map((one) => one.material),
});

/** Applicants by the directory. */
export const peopleOf = (directory: Directory): People => ({
  applicant: (actor) => directory.principals.actingFor(actor),
  subjectsOf: (person) => directory.principals.subjectsOf(person),
  known: (_, identifier) => directory.principals.byIdentifier(identifier),
  atWindow: async (_, given) => (await directory.principals.byIdentifier(given.identifier)) ?? directory.principals.enter({ ...given, email: null }),
});

/** Who could take a task, by the directory. */
export const colleaguesOf = (directory: Directory, store: CaseStore, work: WorkStore): Colleagues => {
  const fitting = async (actor: Parameters<Colleagues['find']>[0], task: string, text: string) => {
    const loaded = await store.loadTask(actor, task);
    const found = loaded.tasks.find((one) => one.id === task);
    if (!found) throw fail('task.unknown');
    const people = await directory.colleagues(actor, text, { department: found.department, post: found.post });
    return people.filter((person) => person.id !== found.assignee);
  };
  return {
    standsInFor: directory.standsInFor,
    groups: async (codes) => {
      const found = await directory.groups(codes);
      if (found.length < new Set(codes).size || found.some((group) => group.members.length === 0)) throw fail('case.nobody');
      return found;
    },
    named: async (people) => {
      const wanted = [...new Set(people)];
      const found = await directory.officials(wanted);
      if (found.length < wanted.length) throw fail('case.nobody');
      return found;
    },
    find: async (actor, person, task) => {
      const found = (await fitting(actor, task, '')).find((one) => one.id === person);
      if (!found) throw fail('task.nobody');
      return { id: found.id, name: found.name };
    },
    candidates: async (actor, task, text) => {
      const people = await fitting(actor, task, text);
      const load = await work.load(people.map((person) => person.id));
      return { people: people.map((person) => ({ ...person, openTasks: load.get(person.id) ?? 0 })) };
    },
  };
};
