import { labelLevel, type Actor } from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import type { Tx } from '@zhengwu/database';
import { Directory } from '@zhengwu/directory';
import type { Site } from '@zhengwu/module';
import type { QualityRule, Register } from '@zhengwu/pack';
import { Registers } from '@zhengwu/registers';
import { fail } from './errors.ts';
import { checkOf, patternsOf, type Check } from './store-checks.ts';
import { NotMeasurable } from './store-holds.ts';
import { oddPatterns } from './store-measuring.ts';

/** A rule as SQL; null where it asks for a register that this site has not, or for more of FEEL than becomes SQL. */
const checkFor = (site: Site, register: Register, rule: QualityRule): Check | null => {
  const other = rule.register === undefined ? undefined : site.use(Registers).definition(rule.register);
  if (rule.kind === 'consistency' && rule.holds === undefined && other === undefined) return null;
  if (rule.register !== undefined && other === undefined) return null;
  try {
    return checkOf(register, rule, dayOf(site.clock.now()), other);
  } catch (error) {
    if (!(error instanceof NotMeasurable)) throw error;
    site.log.warn({ register: register.code, rule: rule.code, why: error.message }, 'a rule of quality is not measured');
    return null;
  }
};

/** The rules of a register that can be measured on this site. */
export const rulesOf = (site: Site, register: Register): QualityRule[] => (register.quality ?? []).filter((rule) => checkFor(site, register, rule) !== null);

export const keeperOf = (site: Site, { keeper }: Register): number | null => site.use(Directory).departmentByCode(keeper)?.id ?? null;

/** Registers with rules, in the order of their codes. */
export const measuredRegisters = (site: Site): Register[] => site.use(Registers).definitions().filter((register) => rulesOf(site, register).length > 0).toSorted((a, b) => (a.code < b.code ? -1 : 1));

/** A permission reaches a register through its keeper. */
export const reaches = (site: Site, actor: Actor, register: Register): boolean =>
  labelLevel(register.label ?? 'internal') <= actor.clearance && (actor.scope === 'all' || actor.departments.includes(keeperOf(site, register) ?? -1));

/** The register, when it has rules and the actor's permission reaches it; throws otherwise. */
export const reached = (site: Site, actor: Actor, code: string): Register => {
  const register = site.use(Registers).definition(code);
  if (!register || rulesOf(site, register).length === 0 || !reaches(site, actor, register)) throw fail('quality.no-register', { register: register?.name.zh ?? code });
  return register;
};

/** The rules of a register as SQL of today; those whose patterns the database cannot read are told and left out. */
export const checksOf = async (site: Site, tx: Tx, register: Register): Promise<Check[]> => {
  const rules = rulesOf(site, register);
  const odd = await oddPatterns(tx, [...new Set(rules.flatMap((rule) => patternsOf(register, rule)))]);
  const left = rules.filter((rule) => patternsOf(register, rule).some((pattern) => odd.includes(pattern)));
  for (const { code } of left) site.log.warn({ register: register.code, rule: code, patterns: odd }, 'a rule of quality is not measured: the database cannot read its pattern');
  return rules.filter((rule) => !left.includes(rule)).flatMap((rule) => checkFor(site, register, rule) ?? []);
};
