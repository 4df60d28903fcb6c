import type { Acting, Tx } from '@zhengwu/database';

/** The rest of this transaction is the platform's work; what the actor could do and the rules say is settled before. */
export const asPlatform = async (tx: Tx, system: Acting): Promise<void> => void (await tx.query('select kernel.enter($1::jsonb)', [JSON.stringify(system)]));

type Ties = { posts: number; delegations: number; mandates: number };
export const tiesOf = async (tx: Tx, person: string): Promise<Ties> => (await tx.named<{ value: Ties }>('flow.ties', 'select directory.ties_of($1) as value', [person])).rows[0]?.value as Ties;
export const endTies = async (tx: Tx, person: string): Promise<Ties> => (await tx.named<{ value: Ties }>('flow.end_ties', 'select directory.end_ties($1) as value', [person])).rows[0]?.value as Ties;

/** False when the user name is somebody's already. */
export const insertPerson = async (tx: Tx, row: { id: string; name: string; account: string; clearance: number; phone?: string; email?: string }): Promise<boolean> =>
  (await tx.named('flow.join', 'insert into directory.person (id, name, account, clearance, phone, email) values ($1, $2, $3, $4, $5, $6) on conflict (lower(account)) do nothing',
    [row.id, row.name, row.account, row.clearance, row.phone ?? null, row.email ?? null])).rowCount > 0;

/** Writes what is known of a person; false for one that is not there. */
export const amendPerson = async (tx: Tx, id: string, given: { name: string; phone: string | null; email: string | null }): Promise<boolean> =>
  (await tx.named('flow.amend', 'update directory.person set name = $2, phone = $3, email = $4, version = version + 1 where id = $1', [id, given.name, given.phone, given.email])).rowCount > 0;

/** Somebody who left comes back; false when they did not leave or somebody changed them since. */
export const reopenPerson = async (tx: Tx, person: string, version: number): Promise<boolean> =>
  (await tx.named<{ done: boolean }>('flow.reopen', 'select directory.reopen_person($1, $2) as done', [person, version])).rows[0]?.done === true;

/** Closes a person's posts and marks them as gone; how many posts, or null when somebody changed the person since. */
export const closePerson = async (tx: Tx, person: string, version: number): Promise<number | null> => {
  const { rowCount } = await tx.named('flow.leave', 'update directory.person set active = false, version = version + 1 where id = $1 and version = $2 and active', [person, version]);
  if (rowCount === 0) return null;
  return (await tx.named('flow.close', 'update directory.holding set until = now() where person = $1 and until is null', [person])).rowCount;
};
