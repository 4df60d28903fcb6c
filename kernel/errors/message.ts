/** Values for the `{name}` places of a message. */
export type Params = Readonly<Record<string, string | number>>;

/** Names of the `{name}` places in a message, as a type. */
export type Placeholders<S extends string> = S extends `${string}{${infer P}}${infer Rest}` ? P | Placeholders<Rest> : never;

/** Fills the `{name}` places of `message`; a place without a value shows “—” rather than its name. */
export const fillIn = (message: string, params: Params = {}): string =>
  message.includes('{') ? message.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '—')) : message;

/** Names of the places in a message. */
export const placesOf = (message: string): string[] => [...new Set([...message.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? ''))].sort();
