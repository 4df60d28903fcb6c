import type { Actor, FetchedView, FormStep, ResponseOf, Text, getDraftMaterials } from '@zhengwu/contracts';
import type { Issue } from '@zhengwu/errors';
import type { Applicant } from './submission.ts';

type DraftMaterial = ResponseOf<typeof getDraftMaterials>['materials'][number];

/** What is known of an applicant before they answer anything. */
export interface Known {
  facts: Record<string, unknown>;
  /** Answers held already, by key, with where each comes from. */
  prefilled: { key: string; value: unknown; source: Text; locked: boolean }[];
}

/** A material as the service asks for it of this applicant with these answers. */
export type AskedMaterial = Omit<DraftMaterial, 'files'>;

/** What cases ask of the frozen version of a service: forms, facts, materials. Answered by the services module. */
export interface Forms {
  steps(packHash: string, service: string): readonly FormStep[];
  /** Reads registers and licences on file for the applicant; the reading is audited. */
  known(actor: Actor, packHash: string, service: string, applicant: Applicant, answers?: Record<string, unknown>): Promise<Known>;
  /** Keys of a step to ask now. */
  visible(packHash: string, service: string, step: string, answers: Record<string, unknown>, facts: Record<string, unknown>): string[];
  /** Issues of one step's answers; paths are `/values/<key>`. */
  checkStep(packHash: string, service: string, step: string, values: Record<string, unknown>, answers: Record<string, unknown>, facts: Record<string, unknown>): Issue[];
  /** Whether the rules of a step need what registers say to these answers. */
  readsFacts(packHash: string, service: string, step: string): boolean;
  /** Issues of the whole application, each with its step. */
  checkAll(packHash: string, service: string, answers: Record<string, unknown>, facts: Record<string, unknown>): (Issue & { step: string })[];
  materials(packHash: string, service: string, answers: Record<string, unknown>, facts: Record<string, unknown>): AskedMaterial[];
  /** Every material the service knows, asked for or not. */
  allMaterials(packHash: string, service: string): readonly DraftMaterial['material'][];
  /** What was looked up instead of asked, as the applicant may read it; null for cases from before it was kept. */
  fetched(facts: Record<string, unknown>): FetchedView | null;
  fee(packHash: string, service: string, answers: Record<string, unknown>, facts: Record<string, unknown>): number | null;
  /** The version new cases begin with; throws `service.*` when there is none. */
  current(service: string): { packHash: string };
}
