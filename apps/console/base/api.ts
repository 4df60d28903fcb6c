import { createClient, ProblemError, currentSession, type Problem, type SessionView } from '@zhengwu/contracts';
import { languageNow } from './language.tsx';
import { askProof } from './proof.ts';

/** Who is signed in, as the whole console sees it. `expired` asks for the password again over the page, which stays as it is. */
export interface SessionState {
  status: 'unknown' | 'out' | 'in' | 'expired';
  session: SessionView | null;
}

let state: SessionState = { status: 'unknown', session: null };
const listeners = new Set<() => void>();

export const sessionNow = (): SessionState => state;
export const watchSession = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const become = (next: SessionState): void => {
  state = next;
  for (const listener of listeners) listener();
};
export const signedIn = (session: SessionView): void => become({ status: 'in', session });
export const signedOut = (): void => become({ status: 'out', session: null });

const tell = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
  try {
    return await fetch(input, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ProblemError({ type: 'about:blank', title: '', status: 0, detail: '', instance: '', code: 'network.unreachable' });
  }
};

/** Headers of every call; unsafe ones carry the token of the session. */
export const callHeaders = (method: string): Record<string, string> => ({
  'accept-language': languageNow(),
  ...(method === 'GET' ? {} : { 'x-csrf-token': state.session?.csrf ?? '' }),
});

const bare = createClient({ origin: '', fetch: tell, headers: ({ method }) => callHeaders(method) });

const isAway = (error: unknown): boolean => error instanceof ProblemError && error.problem.status === 401;
const wantsProof = (error: unknown): error is ProblemError => error instanceof ProblemError && error.problem.code === 'session.step-up';
const isForged = (error: unknown): boolean => error instanceof ProblemError && error.problem.code === 'csrf.forged';

/** Typed calls to the site. Where a proof is wanted the person is asked and the same call repeated, key and all. A session that has ended is noticed here; a token that another window renewed is fetched and the call repeated once. */
export const client: typeof bare = {
  async call(operation, input) {
    try {
      return await bare.call(operation, input);
    } catch (error) {
      if (wantsProof(error)) {
        if (!(await askProof(error.problem))) throw error;
        return await bare.call(operation, input);
      }
      if (isAway(error) && state.status === 'in' && !operation.id.startsWith('session.')) become({ ...state, status: 'expired' });
      if (!isForged(error)) throw error;
      signedIn(await bare.call(currentSession));
      return await bare.call(operation, input);
    }
  },
};

/** Asks the site who is signed in; once at the start. */
export const recallSession = async (): Promise<void> => {
  try {
    signedIn(await bare.call(currentSession));
  } catch (error) {
    if (isAway(error)) signedOut();
    else throw error;
  }
};

export const problemOf = (error: unknown): Problem =>
  error instanceof ProblemError ? error.problem : { type: 'about:blank', title: '', status: 0, detail: error instanceof Error ? error.message : String(error), instance: '', code: 'console.unexpected' };
