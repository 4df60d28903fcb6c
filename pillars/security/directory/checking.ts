import { SHEETS, sheetNames, type SheetIssue, type SheetName, type SheetRow, type Sheets } from './sheets.ts';

/** What the directory knows already; a list may refer to it. */
export interface KnownCodes {
  divisions: ReadonlySet<string>;
  departments: ReadonlySet<string>;
  roles: ReadonlySet<string>;
  posts: ReadonlySet<string>;
  /** In lower case. */
  people: ReadonlySet<string>;
}

const FORM: Readonly<Record<string, { form: RegExp; zh: string; en: string }>> = {
  'divisions.code': { form: /^\d{6}$/, zh: '应是 6 位数字（GB/T 2260）', en: 'should be six digits (GB/T 2260)' },
  'grants.scope': { form: /^(own|department|(region-|line-)?subtree|all)$/, zh: '应是 own、department、subtree、region-subtree、line-subtree 或 all', en: 'should be own, department, subtree, region-subtree, line-subtree or all' },
  'people.account': { form: /^[A-Za-z0-9][A-Za-z0-9._-]{2,39}$/, zh: '应是 3 至 40 个字母、数字、点、横线或下划线', en: 'should be 3 to 40 letters, digits, dots, dashes or underscores' },
  'people.clearance': { form: /^[0-4]?$/, zh: '应是 0 至 4', en: 'should be 0 to 4' },
  'people.email': { form: /^$|^[^\s@]+@[^\s@]+$/, zh: '不是邮箱地址', en: 'is no mail address' },
};

/** Which column refers to the code of which list; `roles` of a post are several, apart by spaces. */
const REFERENCES: readonly [SheetName, string, keyof KnownCodes][] = [
  ['divisions', 'parent', 'divisions'], ['departments', 'division', 'divisions'], ['departments', 'regionParent', 'departments'], ['departments', 'lineParent', 'departments'],
  ['grants', 'role', 'roles'], ['posts', 'department', 'departments'], ['posts', 'roles', 'roles'], ['holdings', 'account', 'people'], ['holdings', 'post', 'posts'],
];
const KEYS: Readonly<Record<SheetName, readonly string[]>> = {
  divisions: ['code'], departments: ['code'], roles: ['code'], grants: ['role', 'permission'], posts: ['code'], people: ['account'], holdings: ['account', 'post'],
};

const keyOf = (name: SheetName, row: SheetRow): string =>
  KEYS[name].map((column) => (column === 'account' ? (row.cells[column] ?? '').toLowerCase() : (row.cells[column] ?? ''))).join(' ');

export const wordsOf = (cell: string | undefined): string[] => (cell ?? '').split(/[\s;]+/).filter(Boolean);

const cells = (sheets: Sheets, issues: SheetIssue[]): void => {
  for (const name of sheetNames) {
    const seen = new Map<string, number>();
    for (const row of sheets[name]) {
      const { file, line } = row;
      for (const column of SHEETS[name]) {
        const bare = column.replace('!', '');
        const cell = row.cells[bare] ?? '';
        const rule = FORM[`${name}.${bare}`];
        if (column.endsWith('!') && cell === '') issues.push({ file, line, zh: `缺少“${bare}”`, en: `“${bare}” is missing` });
        else if (rule && !rule.form.test(cell)) issues.push({ file, line, zh: `“${bare}”（${cell}）${rule.zh}`, en: `“${bare}” (${cell}) ${rule.en}` });
      }
      const key = keyOf(name, row);
      const first = seen.get(key);
      if (first !== undefined) issues.push({ file, line, zh: `与第 ${first} 行重复（${key}）`, en: `repeats line ${first} (${key})` });
      else seen.set(key, line);
    }
  }
};

const references = (sheets: Sheets, known: KnownCodes, issues: SheetIssue[]): void => {
  for (const [name, column, target] of REFERENCES) {
    const there = new Set([...known[target], ...sheets[target].map((row) => keyOf(target, row))]);
    for (const { file, line, cells: { [column]: cell } } of sheets[name]) {
      for (const code of wordsOf(target === 'people' ? cell?.toLowerCase() : cell)) {
        if (!there.has(code)) issues.push({ file, line, zh: `“${column}”：${target} 中没有 ${code}`, en: `“${column}”: ${target} has no ${code}` });
      }
    }
  }
};

/** A department that lies below itself would be below nobody. */
const circles = (rows: readonly SheetRow[], column: string, issues: SheetIssue[]): void => {
  const parent = new Map(rows.map((row) => [row.cells['code'] ?? '', row.cells[column] ?? '']));
  for (const { file, line, cells: { code = '' } } of rows) {
    const passed = new Set<string>();
    let at = parent.get(code);
    while (at && at !== code && !passed.has(at)) {
      passed.add(at);
      at = parent.get(at);
    }
    if (at === code && code !== '') issues.push({ file, line, zh: `${code} 经“${column}”成为自己的下级`, en: `${code} lies below itself by “${column}”` });
  }
};

/** Everything that is wrong with the lists, in the order of files and lines. */
export const checkSheets = (sheets: Sheets, known: KnownCodes, isPermission: (name: string) => boolean): SheetIssue[] => {
  const issues: SheetIssue[] = [];
  cells(sheets, issues);
  references(sheets, known, issues);
  circles(sheets.divisions, 'parent', issues);
  circles(sheets.departments, 'regionParent', issues);
  circles(sheets.departments, 'lineParent', issues);
  for (const { file, line, cells: { permission } } of sheets.grants) {
    if (permission && !isPermission(permission)) issues.push({ file, line, zh: `系统中没有权限 ${permission}`, en: `the system has no permission ${permission}` });
  }
  return issues;
};
