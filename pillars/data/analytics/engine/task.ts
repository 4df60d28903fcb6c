/** One statement for the engine; values stand for `?` in their order. */
export interface Task {
  sql: string;
  values: readonly (string | number | boolean)[];
}

export interface Answer {
  columns: string[];
  rows: (string | number | boolean | null)[][];
  error?: string;
}
