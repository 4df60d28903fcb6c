import type { FieldIssue, Form, ResponseOf, getDraftMaterials, intakeForm, intakeCase } from '@zhengwu/contracts';

export type IntakeMaterial = ResponseOf<typeof getDraftMaterials>['materials'][number];
export type IntakeForm = Omit<ResponseOf<typeof intakeForm>, 'form' | 'materials'> & { form: Form; materials: IntakeMaterial[] };
export type Receipt = ResponseOf<typeof intakeCase>;

/** Field name that an issue points at: `/values/people/0/name` is `people.0.name`. */
export const fieldOf = (issue: FieldIssue): string => issue.path.replace(/^#?\/?(?:body\/)?(?:values\/)?/, '').replaceAll('/', '.');

/** Materials may come as their listing alone or with what satisfies them. */
export const materialOf = (value: unknown): IntakeMaterial => {
  const one = value as IntakeMaterial & IntakeMaterial['material'];
  return 'material' in one ? one : { material: one, needed: (one as IntakeMaterial['material']).need === 'required', files: [], satisfiedBy: (one as IntakeMaterial['material']).satisfiedBy };
};
