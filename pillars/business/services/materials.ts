import type { ServiceMaterial as MaterialSchema, Text } from '@zhengwu/contracts';
import type { Material } from '@zhengwu/pack';
import type { Static } from 'typebox';
import { complete } from './answers.ts';
import { holds } from './feel.ts';
import type { FrozenService } from './frozen.ts';

type ServiceMaterial = Static<typeof MaterialSchema>;

/** A material as the service asks for it of this applicant with these answers. */
export interface AskedMaterial {
  material: ServiceMaterial;
  needed: boolean;
  satisfiedBy?: Text;
}

const anyway = (material: Material): Text | undefined => {
  if (!material.satisfiedBy.need) return undefined;
  return material.sourceExplain ?? { zh: '政府数据核验，免提交', en: 'Checked against government records, nothing to hand in' };
};

/** One material as the guide shows it; `base` is the address of the service's samples. */
export const materialView = (material: Material, service: string): ServiceMaterial => ({
  code: material.code, name: material.name, need: material.need, source: material.source, form: material.form, copies: material.copies,
  standard: material.acceptStandard, basis: material.byLaw, ...(material.fillExplain ? { fill: material.fillExplain } : {}),
  blankForm: `/api/services/${service}/samples/${material.code}/blank`, filledExample: `/api/services/${service}/samples/${material.code}/filled`,
  accept: material.satisfiedBy.upload?.types ?? [], maxBytes: material.satisfiedBy.upload?.maxSize ?? 0,
  ...(anyway(material) ? { satisfiedBy: anyway(material) as Text } : {}),
});

/** Materials with whether they are needed for these answers and what satisfies them already. */
export const materialsFor = (frozen: FrozenService, answers: Readonly<Record<string, unknown>>, facts: Readonly<Record<string, unknown>>, today: string): AskedMaterial[] => {
  const onFile = ((facts.onFile as { materials?: Record<string, Text> } | undefined)?.materials ?? {}) as Record<string, Text>;
  const scope = { application: complete(frozen.service.form, answers), applicant: facts.applicant ?? null, facts, today };
  return frozen.service.materials.map((material) => {
    const { satisfiedBy: _, ...view } = materialView(material, frozen.service.code);
    const given = onFile[material.code];
    const needed = material.needWhen === undefined || holds(material.needWhen, scope);
    return { material: view, needed, ...(given ? { satisfiedBy: given } : {}) };
  });
};

/** The fee in fen for these answers; null where nothing is charged. */
export const feeFor = (frozen: FrozenService, answers: Readonly<Record<string, unknown>>, facts: Readonly<Record<string, unknown>>, today: string, decide: (name: string, input: Record<string, unknown>) => unknown): number | null => {
  const { fees } = frozen.service.listing;
  if (!fees.charged) return null;
  const application = complete(frozen.service.form, answers);
  return fees.items.reduce((sum, item) => sum + (item.amount ?? Number(decide(item.decision ?? '', { application, facts, applicant: facts.applicant ?? null, today }))), 0);
};
