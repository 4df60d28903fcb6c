import type { Migration } from '@zhengwu/database';

/** The log is written in one round trip and one commit, however many messages go in. */
export const migration: Migration = {
  id: '0002-write',
  sql: `
create function exchange.write(
  actor jsonb,
  signers text[], certificates text[], chains text[],
  ids uuid[], requests uuid[], kinds text[], roles text[], times timestamptz[], blocks text[], bodies bytea[], files text[], sizes bigint[], digests bytea[], algorithms text[], signatures bytea[], signed_by text[],
  calls jsonb
) returns setof uuid language plpgsql set search_path = pg_catalog as $body$
begin
  perform kernel.enter(actor);
  if cardinality(signers) > 0 then
    insert into exchange.signer (fingerprint, certificate, chain) select * from unnest(signers, certificates, chains) on conflict do nothing;
  end if;
  if calls is not null then
    insert into exchange.call (request, role, message, client, service, method, path, peer, issue, request_in, request_out, answer_in, answer_out, request_size, answer_size, status, succeeded, fault, fault_message)
      select c.request, c.role, c.message, c.client, c.service, c.method, c.path, c.peer, c.issue, c.request_in, c.request_out, c.answer_in, c.answer_out, c.request_size, c.answer_size, c.status, c.succeeded, c.fault, c.fault_message
      from jsonb_to_recordset(calls) as c(request uuid, role text, message text, client text, service text, method text, path text, peer text, issue text, request_in timestamptz, request_out timestamptz, answer_in timestamptz, answer_out timestamptz,
        request_size bigint, answer_size bigint, status int, succeeded boolean, fault text, fault_message text) on conflict do nothing;
  end if;
  return query insert into exchange.record (id, request, kind, role, at, block, body, body_file, body_size, body_digest, algorithm, signature, signer)
    select * from unnest(ids, requests, kinds, roles, times, blocks, bodies, files, sizes, digests, algorithms, signatures, signed_by) on conflict do nothing returning id;
end $body$;
`,
};
