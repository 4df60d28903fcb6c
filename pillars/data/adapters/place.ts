/** A whole file at a source that was not read yet. */
export interface Lying {
  file: string;
  /** Changes whenever the content may have: size and times, or what the store calls it. */
  mark: string;
  size: number;
}

/** Where files lie. */
export interface FilePlace {
  /** Whole files of the format, by name. Throws `adapter.*` where the place cannot be reached. */
  list(): Promise<Lying[]>;
  /** The content; throws `Unsettled` where it is no more what was listed. */
  read(one: Lying): AsyncIterable<Uint8Array>;
  close?(): void;
}

/** Somebody is at the file: it is left for the next turn. */
export class Unsettled extends Error {}
