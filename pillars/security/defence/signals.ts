import type { Event } from '@zhengwu/events';
import type { Refusal } from '@zhengwu/http';
import { eventsOf, type Policy } from '@zhengwu/module';
import { injectionsIn } from './injection.ts';
import { observation, type Kind, type Observation } from './observation.ts';
import { plainAddress } from './places.ts';
import type { RecordRow } from './store.ts';

/** Audit events by which rights change. */
const RIGHTS = ['directory.postsAssigned', 'people.joined', 'people.moved', 'delegation.created', 'access.granted'];
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Which audit events are observed, and as what. */
export type Watched = ReadonlyMap<string, Kind>;

/** From the policies: reads of personal data and exports, whatever module they are of; and the refusals and changes of rights that every site has. */
export const watchedEvents = (policy: Policy): Watched => {
  const watched = new Map<string, Kind>([['access.denied', 'denied'], ['audit.exported', 'export'], ...RIGHTS.map((event): [string, Kind] => [event, 'rights'])]);
  for (const rule of Object.values(policy)) {
    for (const event of eventsOf(rule)) {
      if (/exported$/i.test(event)) watched.set(event, 'export');
      else if (rule.personal === true && !watched.has(event)) watched.set(event, 'read');
    }
  }
  return watched;
};

const uuidOr = (value: unknown): string | null => (typeof value === 'string' && UUID.test(value) ? value : null);

/** Digits in a row are hidden: a path or an id of others may hold a person's number. */
export const withoutNumbers = (text: string): string => (UUID.test(text) ? text : text.replaceAll(/\d{6,}/g, '*')).slice(0, 120);

/** An audit record as an observation; `rights` are about whoever received them. */
export const fromRecord = (record: RecordRow, kind: Kind): Observation =>
  observation({
    at: record.at.getTime(), kind, address: record.address === null ? null : plainAddress(record.address), account: record.account, record: record.id, request: record.request,
    person: kind === 'rights' ? (uuidOr(record.detail['to']) ?? uuidOr(record.detail['person']) ?? uuidOr(record.subject)) : record.person,
    operation: typeof record.detail['operation'] === 'string' ? record.detail['operation'] : record.event,
    // The file, not its pages: <case>/<material> is the same case.
    subject: withoutNumbers(record.subject.split('/')[0] ?? ''),
  });

const textOr = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A sign-in or its refusal, as identity tells it. */
export const fromSignIn = ({ type, payload, at }: Event): Observation => {
  const account = uuidOr(payload['account']);
  const address = textOr(payload['address']);
  return observation({
    at: at.getTime(), kind: type === 'session.opened' ? 'sign-in' : 'refused', account, address: address === null ? null : plainAddress(address),
    person: uuidOr(payload['person']), session: uuidOr(payload['session']), tried: account === null ? textOr(payload['accountHash']) : null,
    detail: typeof payload['means'] === 'string' ? { means: payload['means'] } : {},
  });
};

/** What a refused request shows: a path that is not there, an id that is not there or not theirs, patterns of attack in its input. */
export const fromRefusal = (refusal: Refusal, now: number): Observation[] => {
  const { actor, operation, status, requestId } = refusal;
  const base = {
    at: now, address: plainAddress(refusal.address), account: actor?.accountId ?? null, person: actor?.personId ?? null, session: uuidOr(actor?.sessionId), operation: operation === '' ? null : operation, request: requestId,
  };
  if (operation === '') {
    return status === 404 || status === 405 ? [observation({ ...base, kind: 'probe', subject: withoutNumbers(refusal.path), detail: { status } }), ...injected(base, { path: refusal.path })] : [];
  }
  if (status === 404 || status === 403) {
    const id = Object.values(refusal.params ?? {})[0];
    return id === undefined ? [] : [observation({ ...base, kind: 'absent', subject: withoutNumbers(String(id)), detail: { status } })];
  }
  return refusal.input ? injected(base, refusal.input) : [];
};

const injected = (base: Partial<Observation> & { at: number }, input: Record<string, unknown>): Observation[] => {
  const [found] = injectionsIn(input);
  return found ? [observation({ ...base, kind: 'injection', detail: { ...found } })] : [];
};
