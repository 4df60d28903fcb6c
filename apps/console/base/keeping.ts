/** What an official has written on a task but not yet sent. */
export interface DecisionDraft {
  outcome: string | null;
  reasonCode: string | null;
  opinion: string;
}

const empty: DecisionDraft = { outcome: null, reasonCode: null, opinion: '' };
const place = (task: string): string => `zw.decision.${task}`;
const isWord = (value: unknown): value is string | null => value === null || typeof value === 'string';

/** Reads the kept draft of a task; what was kept by an older console or broken is taken as nothing. */
export const keptDraft = (task: string, storage: Pick<Storage, 'getItem'> = sessionStorage): DecisionDraft => {
  try {
    const value = JSON.parse(storage.getItem(place(task)) ?? 'null') as Partial<DecisionDraft> | null;
    if (!value || typeof value.opinion !== 'string' || !isWord(value.outcome ?? null) || !isWord(value.reasonCode ?? null)) return empty;
    return { outcome: value.outcome ?? null, reasonCode: value.reasonCode ?? null, opinion: value.opinion };
  } catch {
    return empty;
  }
};

/** Keeps a draft for this window's session; an empty one is forgotten. */
export const keepDraft = (task: string, draft: DecisionDraft, storage: Pick<Storage, 'setItem' | 'removeItem'> = sessionStorage): void => {
  if (!draft.outcome && !draft.reasonCode && !draft.opinion) storage.removeItem(place(task));
  else storage.setItem(place(task), JSON.stringify(draft));
};

export const forgetDraft = (task: string, storage: Pick<Storage, 'removeItem'> = sessionStorage): void => storage.removeItem(place(task));

export interface SavedFilter {
  name: string;
  search: string;
}

const filtersAt = (page: string, account: string): string => `zw.filters.${page}.${account}`;

/** Named filters of a page, of one account on this machine. */
export const savedFilters = (page: string, account: string, storage: Pick<Storage, 'getItem'> = localStorage): SavedFilter[] => {
  try {
    const value: unknown = JSON.parse(storage.getItem(filtersAt(page, account)) ?? '[]');
    return Array.isArray(value) ? value.filter((one): one is SavedFilter => typeof one?.name === 'string' && typeof one?.search === 'string') : [];
  } catch {
    return [];
  }
};

export const saveFilters = (page: string, account: string, filters: SavedFilter[], storage: Pick<Storage, 'setItem'> = localStorage): void =>
  storage.setItem(filtersAt(page, account), JSON.stringify(filters.slice(0, 30)));
