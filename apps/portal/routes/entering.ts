import { offeredSources } from '@zhengwu/contracts';
import { signInPage } from '../pages/account.tsx';
import type { Source } from '../pages/outside.tsx';
import type { Answer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';

/** Sources to sign in with; none where the site can't say: the password remains. */
const sourcesFor = async (visit: Visit): Promise<readonly Source[]> => {
  try {
    return (await visit.client.call(offeredSources)).items;
  } catch {
    return [];
  }
};

/** The sign-in page with what can be chosen now. */
export const signInWith = async (visit: Visit, given: Omit<Parameters<typeof signInPage>[1], 'sources'>): Promise<Answer> => signInPage(visit, { ...given, sources: await sourcesFor(visit) });
