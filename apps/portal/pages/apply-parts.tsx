import type { Draft } from '@zhengwu/contracts';
import type { Visit } from '../server/visit.ts';

/** An application stays with whom it was begun for, whatever the header's choice says later. */
export const forWhom = (visit: Visit, draft: Draft): { name: string } | null =>
  visit.session && draft.onBehalfOf.id !== visit.session.person && draft.onBehalfOf.id !== visit.session.subjects[0]?.id ? { name: draft.onBehalfOf.name } : null;

export const caption = (visit: Visit, draft: Draft) => <p className="soft">{visit.say(draft.service.name)}</p>;
