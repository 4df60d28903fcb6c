/** One attribute of a resource, as RFC 7643 §7 describes it. */
export interface Attribute {
  name: string;
  type: 'string' | 'boolean' | 'reference' | 'complex';
  multiValued: boolean;
  description: string;
  required: boolean;
  caseExact: boolean;
  mutability: 'readWrite' | 'readOnly' | 'writeOnly' | 'immutable';
  returned: 'default' | 'never';
  uniqueness: 'none' | 'server';
  subAttributes?: readonly Attribute[];
}

export interface ResourceType {
  name: 'User' | 'Group';
  endpoint: string;
  description: string;
  core: string;
  attributes: readonly Attribute[];
  /** By their URN. */
  extensions: Readonly<Record<string, readonly Attribute[]>>;
}

const attribute = (name: string, description: string, more: Partial<Attribute> = {}): Attribute => ({
  name, type: 'string', multiValued: false, description, required: false, caseExact: false, mutability: 'readWrite', returned: 'default', uniqueness: 'none', ...more,
});
const readOnly = { mutability: 'readOnly' } as const;
const unseen = { mutability: 'writeOnly', returned: 'never' } as const;
const complex = (name: string, description: string, subAttributes: readonly Attribute[], more: Partial<Attribute> = {}): Attribute => attribute(name, description, { type: 'complex', subAttributes, ...more });
const several = { multiValued: true } as const;
const contact = (name: string, what: string): Attribute => complex(name, `${what}; one is kept: the primary one, or the first`, [
  attribute('value', what), attribute('type', 'Always work', readOnly), attribute('primary', 'Which one to keep', { type: 'boolean' }),
], several);

/** Common to all resources (RFC 7643 §3.1); `meta` and `schemas` are written by the service. */
const COMMON = [attribute('id', 'Id in this directory', { ...readOnly, caseExact: true, uniqueness: 'server' }), attribute('externalId', 'What the client calls it; each client has its own', { caseExact: true })];

export const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const OWN_USER = 'urn:zhengwu:params:scim:schemas:extension:1.0:User';
export const CORE_GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const OWN_GROUP = 'urn:zhengwu:params:scim:schemas:extension:1.0:Group';

export const User: ResourceType = {
  name: 'User', endpoint: '/Users', description: 'An official', core: CORE_USER,
  attributes: [
    ...COMMON,
    attribute('userName', 'User name of the account; the trail names people by it, so it never changes and is never given to somebody else', { required: true, mutability: 'immutable', uniqueness: 'server' }),
    complex('name', 'Name', [attribute('formatted', 'The whole name'), attribute('familyName', 'With givenName, in place of formatted', unseen), attribute('givenName', 'With familyName, in place of formatted', unseen)]),
    attribute('displayName', 'The whole name'),
    attribute('title', 'Name or code of the post; with department it says which post they hold'),
    attribute('active', 'In office; false is leaving: posts, sessions, certificates and stand-ins end and work is handed over in one step', { type: 'boolean' }),
    contact('emails', 'Mail address'),
    contact('phoneNumbers', 'Telephone number'),
    complex('groups', 'Groups they are in', [attribute('value', 'Id of the group', readOnly), attribute('display', 'Name of the group', readOnly)], { ...several, ...readOnly }),
  ],
  extensions: {
    [ENTERPRISE]: [
      attribute('employeeNumber', 'Number with the personnel system'),
      attribute('department', 'Name or code of the department of the first post'),
      complex('manager', 'Who they answer to', [attribute('value', 'Id of a user'), attribute('displayName', 'Name', readOnly)]),
    ],
    [OWN_USER]: [
      complex('posts', 'Every post they hold; in place of title and department where it differs from what they hold', [attribute('value', 'Code of the post', { caseExact: true }), attribute('display', 'Name', readOnly), attribute('department', 'Code of its department', readOnly)], several),
      attribute('successor', 'Who takes over the work of one who leaves or moves: id or user name; nobody sends it back to the queues', unseen),
      attribute('reason', 'Why, for the history', unseen),
    ],
  },
};

export const Group: ResourceType = {
  name: 'Group', endpoint: '/Groups', description: 'A group of people, wherever they belong', core: CORE_GROUP,
  attributes: [
    ...COMMON,
    attribute('displayName', 'Name of the group', { required: true }),
    complex('members', 'Officials in office', [attribute('value', 'Id of a user', { caseExact: true }), attribute('display', 'Name', readOnly), attribute('type', 'Always User', readOnly)], several),
  ],
  extensions: {
    [OWN_GROUP]: [attribute('code', 'Code of the group', { mutability: 'immutable', caseExact: true, uniqueness: 'server' }), attribute('nameEn', 'Name in English'), attribute('department', 'Code of the department that keeps it', { caseExact: true })],
  },
};
