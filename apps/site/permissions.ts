import type { Permissions } from '@zhengwu/directory';
import type { Policy } from '@zhengwu/module';

/** The permissions that a site's policy asks for, each with its operations. */
export const permissionsOf = (policy: Policy): Permissions => {
  const operations = new Map<string, string[]>();
  for (const [operation, { permission }] of Object.entries(policy)) {
    if (permission) operations.set(permission, [...(operations.get(permission) ?? []), operation]);
  }
  return {
    list: () => [...operations].map(([permission, of]) => ({ permission, operations: of.sort() })).sort((a, b) => (a.permission < b.permission ? -1 : 1)),
    has: (permission) => operations.has(permission),
  };
};
