import { key } from '@zhengwu/module';

/** Every permission that some operation of this site asks for, with those operations; provided by the site itself. */
export interface Permissions {
  list(): { permission: string; operations: string[] }[];
  has(permission: string): boolean;
}

export const Permissions = key<Permissions>('permissions');
