/** What a page's address may hold: each key with the values it takes (null: any text, at most 100 characters). */
export type FilterShape = Record<string, readonly string[] | null>;
export type Filters<S extends FilterShape> = { [K in keyof S]?: string };

/** Reads the filters of an address; what is unknown or not among the values is left out. */
export const readFilters = <S extends FilterShape>(search: URLSearchParams, shape: S): Filters<S> => {
  const filters: Filters<S> = {};
  for (const [key, values] of Object.entries(shape) as [keyof S & string, S[string]][]) {
    const value = search.get(key)?.trim().slice(0, 100);
    if (value && (values === null || values?.includes(value))) filters[key] = value;
  }
  return filters;
};

/** The address with some filters changed: empty ones leave it, and the list starts at its first page again. */
export const withFilters = (search: URLSearchParams, changes: Record<string, string | undefined | null>): URLSearchParams => {
  const next = new URLSearchParams(search);
  next.delete('after');
  for (const [key, value] of Object.entries(changes)) {
    if (value) next.set(key, value);
    else next.delete(key);
  }
  return next;
};

/** The part of an address that a named filter keeps: everything but the place in the list. */
export const filterPart = (search: URLSearchParams): string => {
  const kept = withFilters(search, {});
  kept.sort();
  return kept.toString();
};
