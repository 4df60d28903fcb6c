import type { SheetIssue, Sheets } from '@zhengwu/directory';
import { readLdifRecords, type LdifRecord } from './ldif.ts';
import { readDn, writeDn, type Step } from './names.ts';

/** Units that hold entries and are no departments. */
const HOLDERS = new Set(['people', 'users', 'groups', 'departments', 'roles', 'services', 'applications', '人员', '用户', '部门', '群组']);
/** Kinds of entries that an organisation's lists don't need. */
const PASSED = new Set(['dcobject', 'organization', 'domain', 'groupofnames', 'groupofuniquenames', 'organizationalrole', 'posixgroup', 'simplesecurityobject', 'country', 'locality']);
const PEOPLE = new Set(['person', 'organizationalperson', 'inetorgperson', 'account']);

interface Known extends LdifRecord {
  steps: Step[];
  classes: Set<string>;
}

const valuesOf = ({ lines }: LdifRecord, attribute: string): string[] => lines.filter((one) => one.attribute === attribute).map((one) => one.value.trim()).filter(Boolean);
const firstOf = (record: LdifRecord, ...attributes: string[]): string => attributes.flatMap((attribute) => valuesOf(record, attribute))[0] ?? '';
const isUnit = ({ classes, steps }: Known): boolean => classes.has('organizationalunit') && !HOLDERS.has((steps[0] as Step).value.toLowerCase());
const keyOf = (steps: readonly Step[]): string => writeDn(steps).toLowerCase();

/** The first of the entries above, nearest first, for which `find` has something. */
const above = (record: Known, byName: ReadonlyMap<string, Known>, find: (one: Known) => string): string => {
  for (let depth = 1; depth < record.steps.length; depth += 1) {
    const one = byName.get(keyOf(record.steps.slice(depth)));
    const found = one ? find(one) : '';
    if (found !== '') return found;
  }
  return '';
};

const divisionOf = (record: Known): string => firstOf(record, 'l');

const department = (sheets: Sheets, file: string, record: Known, byName: ReadonlyMap<string, Known>): void => {
  const code = (record.steps[0] as Step).value;
  const zh = firstOf(record, 'description', 'ou;lang-zh') || (valuesOf(record, 'ou').find((one) => one !== code) ?? code);
  sheets.departments.push({
    file, line: record.line, cells: {
      code, division: divisionOf(record) || above(record, byName, divisionOf), zh, en: firstOf(record, 'description;lang-en', 'ou;lang-en') || zh,
      regionParent: above(record, byName, (one) => (isUnit(one) ? (one.steps[0] as Step).value : '')), phone: firstOf(record, 'telephonenumber'), addressZh: firstOf(record, 'postaladdress', 'street'),
    },
  });
};

const person = (sheets: Sheets, file: string, record: Known): void => {
  const account = firstOf(record, 'uid');
  sheets.people.push({ file, line: record.line, cells: { account, name: firstOf(record, 'displayname', 'cn'), phone: firstOf(record, 'mobile'), email: firstOf(record, 'mail') } });
  for (const { line, value } of record.lines.filter((one) => one.attribute === 'employeetype')) sheets.holdings.push({ file, line, cells: { account, post: value.trim() } });
};

/**
 * Reads an organisation from LDIF into its lists: units become departments below one another, people become people. The division is the six
 * digits in `l` of a unit or of what stands above it; posts that exist are named in `employeeType`. Passwords are never taken.
 */
export const readLdif = (sheets: Sheets, issues: SheetIssue[], file: string, text: string): void => {
  const tell = (line: number, told: Pick<SheetIssue, 'zh' | 'en'>): void => void issues.push({ file, line, ...told });
  const known = readLdifRecords(text, tell).flatMap((record): Known[] => {
    const steps = readDn(record.dn);
    if (steps && steps.length > 0) return [{ ...record, steps, classes: new Set(valuesOf(record, 'objectclass').map((one) => one.toLowerCase())) }];
    tell(record.line, { zh: `“${record.dn}”不是可辨别名`, en: `“${record.dn}” is no distinguished name` });
    return [];
  });
  const byName = new Map(known.map((record) => [keyOf(record.steps), record]));
  for (const record of known) {
    const has = (names: ReadonlySet<string>): boolean => [...record.classes].some((one) => names.has(one));
    if (isUnit(record)) department(sheets, file, record, byName);
    else if (has(PEOPLE)) person(sheets, file, record);
    else if (!record.classes.has('organizationalunit') && !has(PASSED)) {
      tell(record.line, { zh: `不认识的条目类型：${[...record.classes].join('、') || '没有 objectClass'}`, en: `not a kind of entry that is taken: ${[...record.classes].join(', ') || 'no objectClass'}` });
    }
  }
};
