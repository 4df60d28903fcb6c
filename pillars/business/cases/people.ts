import type { Actor } from '@zhengwu/contracts';
import type { Applicant } from './submission.ts';

/** Citizens and companies as applicants; answered from the directory. */
export interface People {
  /** For whom the actor applies now: themselves, or whom they hold a mandate for; throws `mandate.not-acting`. */
  applicant(actor: Actor): Promise<Applicant>;
  /** Everybody for whom somebody may act now. */
  subjectsOf(person: string): Promise<string[]>;
  /** The person or company with this identifier, entered in the directory when the city does not know them yet. */
  atWindow(actor: Actor, given: { kind: 'person' | 'institution'; identifier: string; name: string; phone: string | null }): Promise<Applicant>;
  /** Who has this identifier, if anybody. */
  known(actor: Actor, identifier: string): Promise<Applicant | null>;
}
