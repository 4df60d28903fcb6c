/** What the tests use of a package that brings no types. */
declare module '@ldapjs/filter' {
  export const parseString: (filter: string) => { toBer(): { buffer: Buffer }; matches(entry: Readonly<Record<string, string | readonly string[]>>): boolean };
}
