import type { FormStep, Text } from '@zhengwu/contracts';
import type { WorkingCalendar } from '@zhengwu/clock';
import type { Context, Definition, StartTimer } from '@zhengwu/processes';

export interface DepartmentRef {
  id: number;
  code: string;
  name: Text;
}

/** One material as the case keeps it. */
export interface CaseMaterial {
  code: string;
  name: Text;
  need: string;
  standard?: Text;
}

/** What a case needs of the frozen version of its service; compiled once per pack hash. */
export interface CaseService {
  code: string;
  name: Text;
  packHash: string;
  packVersion: string;
  published: boolean;
  department: DepartmentRef;
  promisedDays: number;
  statutoryDays: number;
  /** Label of its cases, 0 to 4. */
  secrecy: number;
  /** How surely an applicant online must be known: 1 as they told it, 2 checked. */
  assurance: number;
  /** The answers with every field of the form there, unanswered ones null: what expressions see. */
  complete(answers: Record<string, unknown>): Record<string, unknown>;
  /** Immediate 即办件: decided without a hand. */
  immediate: boolean;
  form: FormStep[];
  materials: CaseMaterial[];
  /** Codes of the materials that these answers call for. */
  needed(answers: Record<string, unknown>, facts: Record<string, unknown>): ReadonlySet<string>;
  definition: Definition;
  definitionHash: string;
  definitions: NonNullable<Context['definitions']>;
  decide: NonNullable<Context['decide']>;
  reasons: { code: string; text: Text }[];
  consultPhone: string;
  /** Where one comes to, for appointments. */
  place: Text;
}

/** What the flow of a case stands on; built once at start, from other modules' offers. */
export interface Ground {
  calendar(): WorkingCalendar;
  departmentByCode(code: string, service?: string): DepartmentRef | undefined;
  departmentById(id: number): DepartmentRef | undefined;
  /** Instant of a timer, working days resolved. */
  timerDue(timer: StartTimer, now: Date): string;
  /** Rows of other modules, worked out without the database. */
  makeLicence(input: LicenceInput): LicenceMade;
  /** A company or person that this very command brings into being; the same identifier always gives the same one. */
  makePrincipal(input: { kind: 'person' | 'institution'; identifier: string; name: string }): { id: string; row: unknown };
  makeOrder(input: OrderInput): { id: string; row: unknown };
  makeMessage(input: MessageInput): unknown;
  makeRegisterWrite(input: RegisterInput): unknown;
  /** Next unified social credit code of a division (GB 32100). */
  assignUscc(division: string): string;
}

export interface LicenceInput {
  type: string;
  packHash: string;
  holder: string;
  holderKind: 'person' | 'institution';
  holderName: string;
  caseId: string;
  department: number;
  fields: Record<string, unknown>;
  /** Day, or null: by the licence type's own rule. */
  validUntil: string | null;
  /** File hashes of the case's pictures by material, for a portrait. */
  pictures: Readonly<Record<string, string>>;
  now: Date;
}

export interface LicenceMade {
  id: string;
  name: Text;
  row: unknown;
}

export interface OrderInput {
  caseId: string;
  payer: string;
  department: number;
  items: { name: Text; amount: number }[];
  now: Date;
}

export interface MessageInput {
  to: string;
  template: string;
  params: Record<string, string | number>;
  caseId: string;
  /** Makes the message be sent once. */
  key: string;
  now: Date;
}

export interface RegisterInput {
  register: string;
  key: string;
  data: Record<string, unknown>;
  cause: string;
  now: Date;
}

