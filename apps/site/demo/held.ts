import type { Site } from '@zhengwu/module';

/** What a site holds already. A start that was interrupted leaves people without a past, or nothing. */
export const heldBy = (site: Site): Promise<{ people: boolean; cases: boolean }> =>
  site.database.as(site.database.system, async (tx) => {
    const { rows } = await tx.query<{ people: boolean; cases: boolean }>('select exists (select 1 from directory.person) as people, exists (select 1 from cases.case) as cases');
    return rows[0] as { people: boolean; cases: boolean };
  }, { readOnly: true });

export const knowsPeople = async (site: Site): Promise<boolean> => (await heldBy(site)).people;
