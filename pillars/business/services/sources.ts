import type { Text } from '@zhengwu/contracts';
import type { Audit } from '@zhengwu/audit';
import type { Registers } from '@zhengwu/registers';

/** Who applies: a person or an institution, by their number. */
export interface KnownApplicant {
  id: string;
  kind: 'person' | 'institution';
  name: string;
  identifier: string;
  phone: string | null;
  email: string | null;
}

/** A licence that the applicant holds now. */
export interface HeldLicence {
  id: string;
  type: string;
  name: Text;
  fields: Record<string, unknown>;
  validUntil: string | null;
}

/** Reads the licences in force of a principal. */
export type LicencesOnFile = (holder: string) => Promise<HeldLicence[]>;

/** What is asked, and what the asking needs. */
export interface Sources {
  audit: Audit;
  /** Whether what is on file may fill in this applicant's form (个人信息保护法 §15, §16); always, where nobody can say otherwise. */
  mayPrefill?: (applicant: string) => boolean;
  registers: Registers;
  licences: LicencesOnFile;
  /** The name of a department, where it is known. */
  departmentName(code: string): Text | null;
  now(): Date;
  /** Today in Asia/Shanghai. */
  today(): string;
}
