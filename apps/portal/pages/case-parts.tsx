import { type MyCase } from '@zhengwu/contracts';
import type { Visit } from '../server/visit.ts';

export interface Qr {
  size: number;
  dark(row: number, column: number): boolean;
}

export const forWhom = (visit: Visit, one: MyCase): { name: string } | null =>
  visit.session && one.applicant.id !== visit.session.person && one.applicant.id !== visit.session.subjects[0]?.id ? { name: one.applicant.name } : null;

export const trailOf = (visit: Visit, one?: MyCase) => [{ href: '/my', name: visit.t('mySpace') }, ...(one ? [{ href: `/cases/${one.id}`, name: one.number }] : [])];

/** What waits for the applicant, as the link that does it. */
export const todoOf = (visit: Visit, one: MyCase): { href: string; name: string } | null => {
  const base = `/cases/${one.id}`;
  switch (one.todo) {
    case 'correct':
      return { href: visit.to(`${base}/correct`), name: visit.t('todo.correct') };
    case 'pay':
      return { href: visit.to(`${base}/pay`), name: visit.t('todo.pay') };
    case 'rate':
      return { href: visit.to(`${base}/rate`), name: visit.t('todo.rate') };
    case 'collect':
      return { href: visit.to(base), name: visit.t('todo.collect') };
    case 'attend':
      return { href: visit.to(base), name: visit.t('todo.attend') };
    default:
      return null;
  }
};
