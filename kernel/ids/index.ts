export { composeCaseNumber, isCaseNumber, parseCaseNumber, type CaseNumber } from './case-number.ts';
export { mod1110, mod3736 } from './check-digits.ts';
export { citizenNumberCheck, composeCitizenNumber, isCitizenNumber, parseCitizenNumber, type CitizenNumber } from './citizen-number.ts';
export { isDivisionCode, isWithinDivision, parseDivision, type Division } from './division.ts';
export {
  composeHandlingCode, composeImplementationCode, isHandlingCode, isImplementationCode, parseHandlingCode,
  parseImplementationCode, type HandlingCode, type ImplementationCode,
} from './item-code.ts';
export { composeLicenceId, isLicenceId, parseLicenceId, type LicenceId } from './licence-id.ts';
export { maskCitizenNumber, maskEmail, maskName, maskPhone } from './mask.ts';
export { isOrganisationCode, organisationCheck } from './organisation-code.ts';
export { composeUscc, isUscc, parseUscc, USCC_ALPHABET, usccCheck, type Uscc } from './uscc.ts';
export { isUuid, uuidTime, uuidv7 } from './uuid.ts';
