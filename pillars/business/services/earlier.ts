import type { FactSource, Material, Need, PackData, Service } from '@zhengwu/pack';

/** A material as packs said it before needs: with its licences and its register, under a condition. */
interface EarlierMaterial extends Omit<Material, 'satisfiedBy'> {
  satisfiedBy: Material['satisfiedBy'] & { licences?: string[]; register?: { code: string; when?: string } };
}

const sourcesOf = ({ satisfiedBy: { licences = [], register } }: EarlierMaterial): FactSource[] => [
  ...licences.map((licence) => ({ licence })),
  ...(register ? [{ register: register.code, ...(register.when ? { holds: register.when } : {}) }] : []),
];

const needOf = (material: EarlierMaterial): Need[] => {
  const sources = sourcesOf(material);
  return sources.length > 0 ? [{ code: material.code, statement: material.name, sources, authority: material.byLaw }] : [];
};

const serviceToday = (service: Service): Service => {
  if ((service.needs as Need[] | undefined) !== undefined) return service;
  const materials = service.materials as EarlierMaterial[];
  return {
    ...service, needs: materials.flatMap(needOf),
    materials: materials.map((material) => {
      const { upload } = material.satisfiedBy;
      return { ...material, satisfiedBy: { ...(needOf(material).length > 0 ? { need: material.code } : {}), ...(upload ? { upload } : {}) } };
    }),
  };
};

/** Frozen packs stay as they are for good, and their cases go on: those frozen before needs were declared are read as if each paper proved one. */
export const inTodaysForm = (data: PackData): PackData => ({ ...data, services: data.services.map(serviceToday) });
