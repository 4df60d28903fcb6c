export { defineMessages, translator, type Catalogue, type Message, type Translate } from './catalogue.ts';
export { incompleteMessages } from './complete.ts';
export { asLanguage, negotiateLanguage } from './language.ts';
export { formatDay, formatDuration, formatInstant, formatMoney, formatNumber, formatSize, formatWorkingDays } from './format.ts';
