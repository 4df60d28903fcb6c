/** One record of the trail as it is hashed: text throughout, so that nothing is rounded on its way. */
export interface AuditRecord {
  id: string;
  /** UTC with microseconds. */
  at: string;
  kind: string;
  account: string | null;
  person: string | null;
  name: string | null;
  on_behalf_of: string | null;
  request: string | null;
  address: string | null;
  event: string;
  subject: string;
  /** JSON as PostgreSQL writes it (jsonb). */
  detail: string;
}

/** The bytes of a record that are hashed: JSON with its members in the order of the alphabet, no white space. */
export const canonical = (record: AuditRecord): string =>
  JSON.stringify({
    account: record.account, address: record.address, at: record.at, detail: record.detail, event: record.event, id: record.id, kind: record.kind,
    name: record.name, on_behalf_of: record.on_behalf_of, person: record.person, request: record.request, subject: record.subject,
  });
