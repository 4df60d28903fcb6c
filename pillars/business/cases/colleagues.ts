import type { Actor, ResponseOf, Text, taskCandidates } from '@zhengwu/contracts';
import type { Colleague } from './acts.ts';

/** Officials who can take, sign or be asked about a task; answered from the directory. */
export interface Colleagues {
  /** One person who may handle tasks of this one's department; throws `task.nobody` otherwise. */
  find(actor: Actor, person: string, task: string): Promise<Colleague>;
  candidates(actor: Actor, task: string, text: string): Promise<ResponseOf<typeof taskCandidates>>;
  /** For whom the actor stands in now. */
  standsInFor(actor: Actor): Promise<string[]>;
  /** Groups by their codes with their members in office now; throws `case.nobody` for one that is not there or has none. */
  groups(codes: readonly string[]): Promise<{ name: Text; members: Colleague[] }[]>;
  /** Officials by id, each once; throws `case.nobody` when one of them is none. */
  named(people: readonly string[]): Promise<Colleague[]>;
}
