import type { Language } from '@zhengwu/contracts';
import { actWords } from './acts.ts';
import { adapterWords } from './adapters.ts';
import { adminWords } from './admin.ts';
import { caseWords } from './case.ts';
import { catalogueWords } from './catalogue.ts';
import { certificateWords } from './certificates.ts';
import { dataWords } from './data.ts';
import { defenceWords } from './defence.ts';
import { deviceWords } from './devices.ts';
import { directoryWords } from './directory.ts';
import { exchangeWords } from './exchange.ts';
import { exportWords } from './exports.ts';
import { facesWords } from './faces.ts';
import { flowWords } from './flows.ts';
import { frameWords } from './frame.ts';
import { identitySourceWords } from './identity-sources.ts';
import { labelWords } from './labels.ts';
import { importWords } from './imports.ts';
import { consolidationWords } from './consolidation.ts';
import { matchingWords } from './matching.ts';
import { monitoringWords } from './monitoring.ts';
import { privacyWords } from './privacy.ts';
import { governanceWords } from './governance.ts';
import { securityWords } from './security.ts';
import { qualityWords } from './quality.ts';
import { registerWords } from './registers.ts';
import { signInWords } from './sign-in.ts';
import { signOnWords } from './sign-on.ts';
import { supervisionWords } from './supervision.ts';
import { trailWords } from './trail.ts';
import { workWords } from './work.ts';

/** Every phrase of the console: Chinese, English. */
export const catalogue = { ...frameWords, ...adapterWords, ...workWords, ...caseWords, ...actWords, ...supervisionWords, ...adminWords, ...securityWords, ...governanceWords, ...trailWords, ...dataWords, ...catalogueWords, ...exchangeWords, ...flowWords, ...defenceWords, ...privacyWords, ...exportWords, ...certificateWords, ...directoryWords, ...facesWords, ...deviceWords, ...identitySourceWords, ...labelWords, ...importWords, ...matchingWords, ...consolidationWords, ...qualityWords, ...registerWords, ...monitoringWords, ...signInWords, ...signOnWords } as const;
export type Word = keyof typeof catalogue;

/** A phrase in a language with `{name}` filled in; a parameter that is missing stays visible. */
export const say = (word: Word, lang: Language, params: Record<string, string | number> = {}): string =>
  catalogue[word][lang === 'en' ? 1 : 0].replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
