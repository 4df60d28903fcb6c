import { dayOf } from '@zhengwu/clock';
import { Type, type Static } from 'typebox';
import { compileSchema } from '@zhengwu/http';
import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import type { Intake } from '@zhengwu/pack';
import { Registers } from '@zhengwu/registers';
import type { Verdict } from '@zhengwu/topics';
import { fail } from './errors.ts';
import { changeOf, type RegisterChange } from './intake.ts';
import * as store from './store.ts';

const closed = { additionalProperties: false } as const;
const OneMessage = Type.Object({
  offset: Type.Integer({ minimum: 1 }), id: Type.String({ format: 'uuid' }), key: Type.String({ maxLength: 200 }), at: Type.String({ format: 'date-time' }), payload: Type.Record(Type.String(), Type.Unknown()),
}, closed);
/** What is sent to the service `changes` of another site. */
export const Batch = Type.Object({ topic: Type.String({ maxLength: 100 }), messages: Type.Array(OneMessage, { minItems: 1, maxItems: 1000 }) }, closed);
export type Batch = Static<typeof Batch>;
const check = compileSchema(Batch);

export const readBatch = (text: string): Batch => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw fail('federation.bad-batch', { place: 'JSON' });
  }
  const [issue] = check(value);
  if (issue) throw fail('federation.bad-batch', { place: issue.path });
  return value as Batch;
};

const takeOne = async (site: Site, tx: Tx, client: string, topic: string, message: Batch['messages'][number], intakes: readonly Intake[]): Promise<void> => {
  const registers = site.use(Registers);
  const change = message.payload as unknown as RegisterChange;
  for (const intake of intakes) {
    if (!(await store.markReceived(tx, client, topic, message.id, intake.code))) continue;
    const key = String(change.record?.[intake.key] ?? '');
    const current = key === '' ? null : await registers.read(tx, intake.register, key, dayOf(site.clock.now()));
    const ours = changeOf(intake, change, current, `exchange:${message.id}`);
    if (ours) await registers.write(tx, ours);
  }
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500);
const isOurFault = (error: unknown): boolean => !(error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(register|federation)\./.test(error.code));

/**
 * Takes a batch in its order: each message with its effect, or refused with its reason and no effect; one that came before has none again. All
 * in one transaction where nothing is refused. Throws what is not the messages' own fault, and then nothing was taken.
 */
export const receive = async (site: Site, client: string, { topic, messages }: Batch): Promise<Verdict> => {
  const { database } = site;
  const intakes = await database.as(database.system, (tx) => store.intakesFor(tx, client, topic), { readOnly: true });
  if (intakes.length === 0) throw fail('federation.no-source', { client, topic });
  const refused: Verdict['refused'] = [];
  const together = await database.as(database.system, async (tx) => {
    for (const message of messages) await takeOne(site, tx, client, topic, message, intakes);
  }).then(() => true, (error: unknown) => {
    if (isOurFault(error)) throw error;
    return false;
  });
  for (const message of together ? [] : messages) {
    await database.as(database.system, (tx) => takeOne(site, tx, client, topic, message, intakes)).catch((error: unknown) => {
      if (isOurFault(error)) throw error;
      refused.push({ offset: message.offset, reason: reasonOf(error) });
    });
  }
  await database.as(database.system, (tx) => store.countTaken(tx, client, intakes.map(({ code }) => code), messages.length - refused.length, refused.length, refused.at(-1)?.reason ?? null));
  return { refused };
};
