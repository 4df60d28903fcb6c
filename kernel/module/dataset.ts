/** A column of a data set; its name is camelCase. */
export interface DatasetColumn {
  name: string;
  title: { zh: string; en: string };
  type: 'text' | 'day' | 'instant' | 'number' | 'truth';
}

/** Rows of a module as they may be reckoned with. Nothing in them stands above `internal`: no personal numbers, no names of people. */
export interface Dataset {
  /** kebab-case. */
  code: string;
  title: { zh: string; en: string };
  columns: readonly DatasetColumn[];
  /** The permission that reads such rows; its scope says which. */
  permission: string;
  /** Column with the id of the department by which a row is reached; null where only who reaches all may have them. */
  department: string | null;
  /** True when whoever has the permission may have all rows, whatever its scope: registers that are shared without condition. */
  shared?: boolean;
  /** SQL: the columns in their order, read as the platform. */
  rows: string;
}
