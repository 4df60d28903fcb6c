import { labelLevel, type Actor } from '@zhengwu/contracts';
import { Directory } from '@zhengwu/directory';
import type { Site } from '@zhengwu/module';
import type { Register } from '@zhengwu/pack';
import { Registers } from '@zhengwu/registers';

/** Registers that the actor may fill in bulk, of no higher label than they may see: a flow gives nobody a right that they lack. */
export const fillable = ({ use }: Pick<Site, 'use'>, { permissions, clearance }: Actor): Register[] => {
  const grant = permissions['register.import'];
  if (!grant) return [];
  const isReached = (keeper: string): boolean => grant.scope === 'all' || grant.departments.includes(use(Directory).departmentByCode(keeper)?.id ?? -1);
  return use(Registers).definitions().filter(({ label, keeper }) => labelLevel(label ?? 'internal') <= clearance && isReached(keeper));
};
