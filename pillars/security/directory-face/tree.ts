import { KINDS, type Kind } from './kinds.ts';
import { escapeValue, readDn, stepsBelow, writeDn, type Step } from './names.ts';
import type { Condition } from './store.ts';

/** An entry that is always there, attributes in lower case. */
export interface Standing {
  dn: string;
  attributes: ReadonlyMap<string, readonly string[]>;
}

/** What a search runs over: standing entries, then rows kind by kind. */
export interface Plan {
  standing: readonly Standing[];
  rows: readonly { kind: Kind; condition: Condition }[];
  /** The row at the base of the search; the search fails when it is not there. */
  mustExist: { kind: Kind; condition: Condition } | null;
}

export interface Tree {
  base: string;
  /** The plan of a search; null where no such entry can be; `invalid` for what is no name. */
  plan(base: string, scope: 'base' | 'one' | 'sub'): Plan | 'invalid' | null;
  /** Whose name this is. */
  holder(dn: string): { kind: 'people' | 'applications'; name: string } | null;
  personDn(account: string): string;
  applicationDn(clientId: string): string;
}

const ALL: Condition = { sql: 'true', values: [] };
const UNITS = ['departments', 'people', 'groups'] as const;
const KIND_OF = { departments: KINDS.department, people: KINDS.person, groups: KINDS.group } as const;
type Scope = 'base' | 'one' | 'sub';

const standing = (dn: string, attributes: Record<string, readonly string[]>): Standing => ({ dn, attributes: new Map([...Object.entries(attributes), ['entrydn', [dn]]]) });

const unitPlan = (unit: Standing, kind: Kind, scope: Scope): Plan => ({
  standing: scope === 'one' ? [] : [unit], mustExist: null,
  rows: scope === 'base' ? [] : [{ kind, condition: scope === 'one' && kind.name === 'department' ? { sql: 'cardinality(e.path) = 1', values: [] } : ALL }],
});

/** A person or a group has nothing below it. */
const leafPlan = (kind: Kind, column: string, value: string, scope: Scope): Plan => {
  const condition = { sql: `lower(${column}) = lower(?::text)`, values: [value] };
  return { standing: [], mustExist: { kind, condition }, rows: scope === 'one' ? [] : [{ kind, condition }] };
};

const placePlan = (path: readonly string[], scope: Scope): Plan => {
  const kind = KINDS.department;
  const condition = { sql: 'e.path = ?::text[]', values: [path] };
  const below = scope === 'one' ? 'cardinality(e.path) = ?::int + 1 and ' : 'cardinality(e.path) >= ?::int and ';
  const rows = scope === 'base' ? condition : { sql: `${below}e.path[1:cardinality(?::text[])] = ?::text[]`, values: [path.length, path, path] };
  return { standing: [], mustExist: { kind, condition }, rows: [{ kind, condition: rows }] };
};

const entryPlan = (unit: (typeof UNITS)[number], steps: readonly Step[], scope: Scope): Plan | null => {
  const types = new Set(steps.map(({ type }) => type));
  const [first] = steps as [Step];
  if (unit === 'departments') return types.size === 1 && types.has('ou') ? placePlan(steps.map(({ value }) => value).reverse(), scope) : null;
  const wanted = unit === 'people' ? { type: 'uid', column: 'e.account' } : { type: 'cn', column: 'e.cn' };
  return steps.length === 1 && first.type === wanted.type ? leafPlan(KIND_OF[unit], wanted.column, first.value, scope) : null;
};

/** The tree below `base`: departments by region, people and groups. */
export const openTree = (base: string, organisation: string): Tree => {
  const own = readDn(base) as Step[];
  const root = standing(base, { objectclass: ['top', 'dcObject', 'organization'], dc: [(own[0] as Step).value], o: [organisation] });
  const units = UNITS.map((name) => standing(`ou=${name},${base}`, { objectclass: ['top', 'organizationalUnit'], ou: [name] }));
  const rootPlan = (scope: Scope): Plan => ({
    standing: scope === 'base' ? [root] : scope === 'one' ? units : [root, ...units], mustExist: null,
    rows: scope === 'sub' ? UNITS.map((name) => ({ kind: KIND_OF[name], condition: ALL })) : [],
  });
  return {
    base,
    plan: (written, scope) => {
      const name = readDn(written);
      if (!name) return 'invalid';
      const steps = stepsBelow(name, own);
      if (!steps) return null;
      const above = steps.at(-1);
      if (!above) return rootPlan(scope);
      const index = above.type === 'ou' ? UNITS.findIndex((unit) => unit === above.value.toLowerCase()) : -1;
      const unit = UNITS[index];
      if (!unit) return null;
      return steps.length === 1 ? unitPlan(units[index] as Standing, KIND_OF[unit], scope) : entryPlan(unit, steps.slice(0, -1), scope);
    },
    holder: (dn) => {
      const steps = stepsBelow(readDn(dn) ?? [], own);
      if (steps?.length !== 2) return null;
      const written = writeDn(steps).toLowerCase();
      const value = (steps[0] as Step).value;
      if (written.startsWith('uid=') && written.endsWith(',ou=people')) return { kind: 'people', name: value };
      return written.startsWith('cn=') && written.endsWith(',ou=applications') ? { kind: 'applications', name: value } : null;
    },
    personDn: (account) => `uid=${escapeValue(account)},ou=people,${base}`,
    applicationDn: (clientId) => `cn=${escapeValue(clientId)},ou=applications,${base}`,
  };
};
