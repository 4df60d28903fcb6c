import type { Migration } from '@zhengwu/database';

/** A command that comes again finds the state it made itself; before it is refused for that, its first answer is looked for. */
export const migration: Migration = {
  id: '0009-repeats',
  sql: `
-- { "answer": … } of a command that was carried out under this key with this content; null when there was none.
create function cases.kept(actor jsonb, once_ jsonb) returns jsonb language plpgsql security definer set search_path = '' as $$
begin
  perform kernel.enter(actor);
  return (select jsonb_build_object('answer', k.answer) from kernel.idempotency k
    where k.actor = kernel.account() and k.operation = once_->>'operation' and k.key = once_->>'key' and k.body_hash = once_->>'hash' and k.status is not null);
end $$;
`,
};
