export { codeList, type CodeEntry, type CodeList, type CodeOf } from './code-list.ts';
export { applicantKinds, channels, deliveries, statutoryDays, suspensions, waitings } from './case.ts';
export { caseState, caseStates, isOpenState, nextStates, type CaseStateCode, type CaseStateKey } from './case-state.ts';
export { documentKinds, labelLevel, labelLevels, secrecyLevels, urgencies, type LabelCode } from './document.ts';
export { feeReductions, paymentStatuses } from './fee.ts';
export { licenceStatuses } from './licence.ts';
export { materialForms, materialNeeds, materialSources } from './material.ts';
export { isBadRating, levelOfStars, ratingDimensions, satisfactions } from './rating.ts';
export { resourceClasses, resourceFormats, sharingClasses, sharingModes, updateCycles } from './resource.ts';
export {
  audiences, bodyKinds, caseKinds, crossAreaScopes, exerciseLevels, handlingForms, itemTypes, onlineDepths, onlineGrades, powerSources, resultKinds,
  specialProcedures, stages,
} from './service-item.ts';
export { cardStatuses, supervisionRules, warningKinds } from './supervision.ts';
export { companyTopics, personTopics } from './topic.ts';
