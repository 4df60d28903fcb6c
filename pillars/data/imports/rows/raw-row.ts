/** One row as it stands in a file: its cells by the name of their column, or what is wrong with it as a row. */
export interface RawRow {
  cells?: Record<string, unknown>;
  /** `import.cells`, `import.not-json`. */
  fault?: string;
}

/** A body of known size that can be read anywhere. */
export interface Body {
  size: number;
  /** Bytes `start` to `end`, the end not included; to the end unless given. */
  open(start?: number, end?: number): Promise<AsyncIterable<Uint8Array>>;
}

/** Rows of a file in its order, some at a time. */
export interface Rows {
  columns: string[];
  chunks: AsyncIterable<RawRow[]>;
}

/** Longest line or quoted cell in characters: a quote that nobody closed must not swallow the file into memory. */
export const LONGEST_ROW = 1_000_000;

export const readWhole = async (source: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
};
