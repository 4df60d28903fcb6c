/** One line of a list: its columns as text, and where it stands. */
export interface SheetRow {
  file: string;
  line: number;
  cells: Readonly<Record<string, string>>;
}

/** What is wrong with a line, for whoever wrote it. */
export interface SheetIssue {
  file: string;
  line: number;
  zh: string;
  en: string;
}

/** The lists of an organisation with their columns; `!` marks what each line must have. */
export const SHEETS = {
  divisions: ['code!', 'parent', 'zh!', 'en!'],
  departments: ['code!', 'division!', 'zh!', 'en!', 'regionParent', 'lineParent', 'phone', 'addressZh', 'addressEn'],
  roles: ['code!', 'zh!', 'en!'],
  grants: ['role!', 'permission!', 'scope!'],
  posts: ['code!', 'department!', 'zh!', 'en!', 'roles!'],
  people: ['account!', 'name!', 'clearance', 'phone', 'email'],
  holdings: ['account!', 'post!'],
} as const;

export type SheetName = keyof typeof SHEETS;
export type Sheets = Record<SheetName, SheetRow[]>;

export const sheetNames = Object.keys(SHEETS) as SheetName[];
export const emptySheets = (): Sheets => ({ divisions: [], departments: [], roles: [], grants: [], posts: [], people: [], holdings: [] });

const isSheet = (name: string): name is SheetName => Object.hasOwn(SHEETS, name);
const columnsOf = (name: SheetName): string[] => SHEETS[name].map((column) => column.replace('!', ''));

/** Records of RFC 4180 with the line on which each begins; null when a quotation does not end. */
const recordsOf = (text: string): { line: number; cells: string[] }[] | null => {
  const records: { line: number; cells: string[] }[] = [];
  let [line, cells, cell, quoted] = [1, [] as string[], '', false];
  let begun = 1;
  const end = (): void => {
    cells.push(cell);
    if (cells.some((one) => one.trim() !== '')) records.push({ line: begun, cells: cells.map((one) => one.trim()) });
    [cells, cell, begun] = [[], '', line + 1];
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (quoted && char === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (char === '"' && (quoted || cell.trim() === '')) quoted = !quoted;
    else if (!quoted && char === ',') [cells, cell] = [[...cells, cell], ''];
    else if (!quoted && char === '\n') end();
    else cell += char;
    if (char === '\n') line += 1;
  }
  end();
  return quoted ? null : records;
};

/** Reads one list from CSV: UTF-8, a line of column names first. */
export const readCsv = (sheets: Sheets, issues: SheetIssue[], file: string, text: string): void => {
  const name = file.replace(/^.*\//, '').replace(/\.csv$/i, '');
  if (!isSheet(name)) return void issues.push({ file, line: 1, zh: `没有这种清单；可用：${sheetNames.join('、')}`, en: `there is no such list; there are: ${sheetNames.join(', ')}` });
  const records = recordsOf(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
  if (!records) return void issues.push({ file, line: 1, zh: '有引号没有结束', en: 'a quotation does not end' });
  const [head, ...rest] = records;
  if (!head) return;
  checkColumns(issues, { file, line: head.line }, name, head.cells);
  for (const { line, cells } of rest) {
    if (cells.length > head.cells.length) issues.push({ file, line, zh: `比表头多 ${cells.length - head.cells.length} 列`, en: `${cells.length - head.cells.length} cells more than columns` });
    sheets[name].push({ file, line, cells: Object.fromEntries(head.cells.map((column, index) => [column, cells[index] ?? ''])) });
  }
};

const checkColumns = (issues: SheetIssue[], at: { file: string; line: number }, name: SheetName, given: readonly string[]): void => {
  const known = columnsOf(name);
  for (const column of given) if (!known.includes(column)) issues.push({ ...at, zh: `${name} 没有“${column}”这一列；可用：${known.join('、')}`, en: `${name} has no column “${column}”; there are: ${known.join(', ')}` });
};

/** The line on which each member of the root's lists begins; the text is known to be JSON. */
const linesOf = (text: string): Record<string, number[]> => {
  const lines: Record<string, number[]> = {};
  let [line, depth, list, inList] = [1, 0, '', false];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[\n{}[\],:]|[^\s"{}[\],:]+/g)) {
    if (token === '\n') line += 1;
    else if (token === '{' || token === '[') {
      if (inList && depth === 2) (lines[list] ??= []).push(line);
      depth += 1;
      inList ||= depth === 2 && token === '[';
    } else if (token === '}' || token === ']') {
      depth -= 1;
      if (depth < 2) inList = false;
    } else if (depth === 1 && token.startsWith('"')) list = String(JSON.parse(token));
    else if (inList && depth === 2 && token !== ',') (lines[list] ??= []).push(line);
  }
  return lines;
};

const textOf = (value: unknown): string | null => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(' ') : null;
};

/** Reads all lists from one JSON object: `{ "divisions": [{ "code": … }], … }` with the columns of the CSV files. */
export const readJson = (sheets: Sheets, issues: SheetIssue[], file: string, text: string): void => {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (error) {
    const at = /position (\d+)/.exec(String(error))?.[1];
    return void issues.push({ file, line: at ? text.slice(0, Number(at)).split('\n').length : 1, zh: '不是有效的 JSON', en: `is no JSON: ${(error as Error).message}` });
  }
  if (typeof root !== 'object' || root === null || Array.isArray(root)) return void issues.push({ file, line: 1, zh: '应是一个对象', en: 'should be an object' });
  const lines = linesOf(text);
  for (const [name, rows] of Object.entries(root)) {
    if (!isSheet(name) || !Array.isArray(rows)) issues.push({ file, line: 1, zh: `“${name}”不是清单；可用：${sheetNames.join('、')}`, en: `“${name}” is no list; there are: ${sheetNames.join(', ')}` });
    else rows.forEach((row: unknown, index) => addRow(sheets, issues, name, { file, line: lines[name]?.[index] ?? 1 }, row));
  }
};

const addRow = (sheets: Sheets, issues: SheetIssue[], name: SheetName, at: { file: string; line: number }, row: unknown): void => {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return void issues.push({ ...at, zh: '应是一个对象', en: 'should be an object' });
  checkColumns(issues, at, name, Object.keys(row));
  const cells: Record<string, string> = {};
  for (const [column, value] of Object.entries(row)) {
    const text = textOf(value);
    if (text === null) issues.push({ ...at, zh: `“${column}”应是文字`, en: `“${column}” should be text` });
    else cells[column] = text;
  }
  sheets[name].push({ ...at, cells });
};
