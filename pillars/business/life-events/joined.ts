import type { LifeEventGuide } from '@zhengwu/contracts';
import type { LifeEvent } from '@zhengwu/pack';
import type { FrozenService, Services } from '@zhengwu/services';
import { fail } from './errors.ts';

export type Together = NonNullable<LifeEvent['together']>;

/** A life event whose services are all published here. */
export interface Joined {
  event: LifeEvent;
  together: Together;
  services: readonly FrozenService[];
}

/** Finds a life event that is applied for as one; throws `life-event.unknown` where there is none or one of its services is not published. */
export const joined = (services: Services, code: string): Joined => {
  const event = services.packs().flatMap(({ data }) => data.lifeEvents).find((one) => one.code === code && one.together);
  if (!event?.together || !event.services.every((one) => services.isPublished(one))) throw fail('life-event.unknown', { event: code });
  return { event, together: event.together, services: event.services.map((one) => services.current(one)) };
};

export const afterOf = ({ together }: Pick<Joined, 'together'>, service: string): readonly string[] => together.after[service] ?? [];

const materialsOf = ({ services, together }: Joined): LifeEventGuide['materials'] => {
  const found = new Map<string, LifeEventGuide['materials'][number]>();
  for (const { service } of services) {
    for (const material of service.materials.filter(({ satisfiedBy }) => !satisfiedBy.need)) {
      const key = together.materials.includes(material.code) ? material.code : `${service.code}/${material.code}`;
      const before = found.get(key);
      found.set(key, {
        code: material.code, name: material.name, for: [...(before?.for ?? []), service.listing.name],
        sometimes: (before?.sometimes ?? true) && (material.need !== 'required' || material.needWhen !== undefined),
      });
    }
  }
  return [...found.values()];
};

/** What a life event joins: its parts, papers each once, and how many questions are not asked again. */
export const guideOf = (found: Joined, summaryOf: (service: FrozenService) => LifeEventGuide['parts'][number]['service']): LifeEventGuide => {
  const { event, together, services } = found;
  const keys = services.flatMap(({ service }) => service.form.flatMap((step) => step.layout.map(({ key }) => key)));
  return {
    code: event.code, name: event.name, summary: event.summary,
    parts: services.map((frozen) => ({
      service: summaryOf(frozen),
      after: afterOf(found, frozen.service.code).map((code) => ({ code, name: services.find(({ service }) => service.code === code)?.service.listing.name ?? { zh: code, en: code } })),
    })),
    materials: materialsOf(found), askedOnce: together.questions.filter((key) => keys.indexOf(key) !== keys.lastIndexOf(key)).length,
  };
};
