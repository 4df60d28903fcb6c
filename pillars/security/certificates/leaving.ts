import type { Belonging } from '@zhengwu/directory';
import { standingOf } from './store.ts';

/** Certificates of a leaver, counted before and after: they are revoked right after leaving, by the event `person.left`. */
export const certificatesInForce = (clock: { now(): Date }): Belonging => {
  const count: Belonging['count'] = async (tx, person) => (await standingOf(tx, person, clock.now())).length;
  return { code: 'certificates', name: { zh: '证书（随后吊销）', en: 'Certificates (revoked next)' }, moved: false, count, end: (tx, { person }) => count(tx, person) };
};
