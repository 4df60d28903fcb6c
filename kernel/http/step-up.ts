import type { Actor } from '@zhengwu/contracts';
import { defineErrors } from '@zhengwu/errors';
import type { ProofRule } from './types.ts';

const fail = defineErrors({
  'session.step-up': {
    status: 403,
    zh: '这项操作需要先确认是您本人。没有任何改动，您填写的内容仍然保留。请确认后继续；如还没有第二种验证方式，请先在“我的账号”设置。',
    en: 'This needs proof that it is you. Nothing was changed and what you entered is kept. Prove it and go on; if you have no second factor yet, set one up under “My account” first.',
  },
  'session.cooling': {
    status: 403,
    zh: '这个账号刚刚找回，敏感操作在 {until} 之前不能进行。没有任何改动，请到时再办，或到窗口办理。',
    en: 'This account was recovered a short while ago, so sensitive operations wait until {until}. Nothing was changed; come back then, or come to the window.',
  },
});

/** For how long a proof counts where the rule does not say. */
const FRESH_MINUTES = 15;
const MINUTE_MS = 60_000;

/** Whether the rule asks for a proof that this actor has not given, or not lately enough. */
export const needsProof = (rule: ProofRule, { proof, assurance }: Actor, now: number): boolean => {
  if (rule.assurance === undefined) return false;
  const { level, at } = proof ?? { level: assurance, at: 0 };
  return level < rule.assurance || at + (rule.freshMinutes ?? FRESH_MINUTES) * MINUTE_MS < now;
};

/** Throws `session.cooling` while a recovered account cools, `session.step-up` with the means that would do until the session was proved. */
export const refuseUnproved = (rule: ProofRule, actor: Actor, now: number): void => {
  if (rule.assurance === undefined) return;
  const until = actor.proof?.coolingUntil;
  if (until !== undefined && rule.assurance > 1) throw fail('session.cooling', { until });
  if (!needsProof(rule, actor, now)) return;
  throw fail('session.step-up', {}, { extra: { means: actor.proof?.means ?? ['password'], level: rule.assurance, minutes: rule.freshMinutes ?? FRESH_MINUTES } });
};

/** For a handler whose matter decides whether a proof is needed; `rule` is what its policy declares as `demands`. Throws as the gate would. */
export const demandProof = (rule: ProofRule, actor: Actor): void => refuseUnproved(rule, actor, Date.now());
