/** What one event of the trail is called, for those who read it. */
export interface AuditEvent {
  zh: string;
  en: string;
  /** Somebody saw personal data; the person concerned is told of it (个人信息保护法 §44). */
  personal?: true;
}

/** Event → name. */
export type AuditEvents = Readonly<Record<string, AuditEvent>>;

const NAME = /^[a-z][A-Za-z]*\.[a-z][A-Za-z-]*$/;
const declared = new Map<string, AuditEvent>();

/** Declares events that a module records. One event has one name. */
export const defineAudits = (events: AuditEvents): AuditEvents => {
  for (const [event, name] of Object.entries(events)) {
    if (!NAME.test(event)) throw new Error(`audit event ${event}: write it as thing.done`);
    const known = declared.get(event);
    if (known && (known.zh !== name.zh || known.en !== name.en)) throw new Error(`audit event ${event} is declared twice, with two names`);
    declared.set(event, name);
  }
  return Object.freeze(events);
};

/** Every declared event of what is loaded, by name. */
export const auditEvents = (): ReadonlyMap<string, AuditEvent> => new Map([...declared].sort(([a], [b]) => (a < b ? -1 : 1)));

defineAudits({ 'access.denied': { zh: '操作被拒绝', en: 'An operation was refused' } });
