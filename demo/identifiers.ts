import { composeCitizenNumber, composeUscc, organisationCheck } from '@zhengwu/ids';

/** Numbers below this are left to the examples that service packs bring along. */
const firstSequence = 501;

/** A citizen number of a fictional place (GB 11643): the `nth` (from 0) man or woman of one day and place. */
export const citizenNumberOf = (division: string, birth: string, sex: 'male' | 'female', nth: number): string =>
  composeCitizenNumber({ division, birth, sequence: firstSequence + nth * 2 + (sex === 'male' ? 0 : 1), sex });

/** A unified social credit code (GB 32100) around an organisation code (GB 11714) of eight digits. */
export const usccOf = (registrar: string, kind: string, division: string, bodyNumber: number): string => {
  const body = String(bodyNumber).padStart(8, '0');
  return composeUscc({ registrar, kind, division, organisation: body + organisationCheck(body) });
};
