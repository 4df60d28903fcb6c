import type { Actor, BeforeAfter, FetchedView, Text } from '@zhengwu/contracts';
import type { Issue } from '@zhengwu/errors';
import { key } from '@zhengwu/module';
import type { LicenceType } from '@zhengwu/pack';
import type { FormStep } from '@zhengwu/contracts';
import type { Static } from 'typebox';
import type { FrozenPack, FrozenService } from './frozen.ts';
import type { Known } from './known.ts';
import type { KnownApplicant, LicencesOnFile } from './sources.ts';
import type { AskedMaterial } from './materials.ts';

export type Answers = Readonly<Record<string, unknown>>;

/** Forms of frozen services: what is asked, what is known, what is wrong, what is needed. Synchronous but for reading registers. */
export interface Forms {
  steps(packHash: string, service: string): readonly FormStep[];
  /** Reads registers and licences on file as the platform; the reading is audited. Ask again with `answers` before submitting, for facts that depend on them. */
  known(actor: Actor, packHash: string, service: string, applicant: KnownApplicant, answers?: Record<string, unknown>): Promise<Known>;
  visible(packHash: string, service: string, step: string, answers: Answers, facts: Answers): string[];
  /** Paths are `/values/<key>`. */
  checkStep(packHash: string, service: string, step: string, values: Answers, answers: Answers, facts: Answers): Issue[];
  /** Whether the rules of a step need what registers say to these answers. */
  readsFacts(packHash: string, service: string, step: string): boolean;
  checkAll(packHash: string, service: string, answers: Answers, facts: Answers): (Issue & { step: string })[];
  materials(packHash: string, service: string, answers: Answers, facts: Answers): AskedMaterial[];
  /** What was looked up instead of asked, as the applicant may read it; null for cases from before it was kept. */
  fetched(facts: Answers): FetchedView | null;
  /** Fen; null where nothing is charged. */
  fee(packHash: string, service: string, answers: Answers, facts: Answers): number | null;
  /** The version new cases begin with; throws `service.unknown` or `service.withdrawn`. */
  current(service: string): { packHash: string };
}

export type After = Static<typeof BeforeAfter>['after'];
/** Sums over all closed cases of a service. */
export interface Taken {
  spared: number;
  papers: number;
  visits: number;
  days: number;
}

/** What cases measure of services. */
export interface Measures {
  after(): Promise<ReadonlyMap<string, { after: After; taken: Taken }>>;
  openCases(): Promise<ReadonlyMap<string, number>>;
}

/** The services of the site and the frozen packs behind them. */
export interface Services {
  readonly forms: Forms;
  /** The version new cases begin with; throws `service.unknown` or `service.withdrawn`. */
  current(service: string): FrozenService;
  /** The service as a case knows it, by the hash the case names; throws `service.pack-unknown` or `service.unknown`. */
  frozen(packHash: string, service: string): FrozenService;
  pack(packHash: string): FrozenPack;
  /** Packs whose services are current. */
  packs(): readonly FrozenPack[];
  isPublished(service: string): boolean;
  /** A licence type of a frozen pack. */
  licenceType(packHash: string, code: string): LicenceType | undefined;
  /** The answers with every field there, unanswered ones null: hand these to the process as `application`. */
  application(packHash: string, service: string, answers: Answers): Record<string, unknown>;
  /** Next unified social credit code of a division (GB 32100); never given twice, numbers may be skipped. */
  assignUscc(division: string): string;
  /** The licences module tells how holders' licences are read. */
  readLicencesWith(read: LicencesOnFile): void;
  /** The cases module tells what it measures. */
  measureWith(measures: Measures): void;
  /** Names of an element of the service's process. */
  elementName(packHash: string, service: string, element: string): Text;
}

export const Services = key<Services>('services');
