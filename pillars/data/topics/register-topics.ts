import type { Tx } from '@zhengwu/database';
import { dayOf } from '@zhengwu/clock';
import type { Event } from '@zhengwu/events';
import type { Site } from '@zhengwu/module';
import type { Register, RegisterField } from '@zhengwu/pack';
import { Registers } from '@zhengwu/registers';
import * as store from './store.ts';
import { Topics, type Message, type Topic } from './topics.ts';

const PREFIX = 'register.';
const RETENTION_DAYS = 180;

export const topicOf = (register: string): string => `${PREFIX}${register}`;

/** A register about people is followed by those alone whose grant says that they may have what is about a person. */
const isAboutPeople = ({ subject, fields }: Register): boolean => subject === 'person' || fields.some(({ class: level }) => level === 'personal');

const topicFor = (register: Register): Topic => ({
  code: topicOf(register.code), owner: register.keeper, isPersonal: isAboutPeople(register), retentionDays: RETENTION_DAYS,
  name: { zh: `${register.name.zh}变更`, en: `Changes of ${register.name.en}` },
});

/** Every register of the site is a topic. */
export const knowRegisters = (site: Site): Promise<void> => site.database.as(site.database.system, async (tx) => {
  for (const register of site.use(Registers).definitions()) await store.upsertTopic(tx, topicFor(register));
});

interface Changed {
  register: string;
  changes: { key: string; validFrom: string; cause: string }[];
}

/** What happened to a record becomes a message with the record as it holds now; the key's messages come in the order of its changes. */
export const publishChanges = async (site: Site, event: Event, tx: Tx): Promise<void> => {
  const { register, changes } = event.payload as unknown as Changed;
  const registers = site.use(Registers);
  if (!registers.definition(register)) return;
  const records = await registers.readAll(tx, changes.map(({ key }) => ({ register, key })), dayOf(site.clock.now()));
  for (const [i, { key, validFrom, cause }] of changes.entries()) {
    await site.use(Topics).publish(tx, { topic: topicOf(register), key, payload: { register, key, validFrom, cause, record: records[i] ?? null } });
  }
};

const isWithheld = ({ class: level }: RegisterField, personal: boolean): boolean => !personal && (level === 'personal' || level === 'sensitive');

/** Messages as a follower may have them: fields above its grant are not in them. */
export const shapeFor = (site: Site) => async (follower: string, topic: string, messages: readonly Message[]): Promise<Message[]> => {
  const definition = topic.startsWith(PREFIX) ? site.use(Registers).definition(topic.slice(PREFIX.length)) : undefined;
  if (!definition) return [...messages];
  const grant = await site.database.relay((tx) => store.selectGrant(tx, topic, follower, dayOf(site.clock.now())));
  const kept = new Set(definition.fields.filter((field) => !isWithheld(field, grant?.personal ?? false)).map(({ key }) => key));
  return messages.map((message) => {
    const { record } = message.payload as { record?: Record<string, unknown> | null };
    return record ? { ...message, payload: { ...message.payload, record: Object.fromEntries(Object.entries(record).filter(([key]) => kept.has(key))) } } : message;
  });
};
