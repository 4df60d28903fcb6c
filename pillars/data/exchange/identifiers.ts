/** A member's subsystem, or the member itself where `subsystem` is null (PR-REST §4.1: the subsystem code is optional). */
export interface ClientId {
  instance: string;
  memberClass: string;
  member: string;
  subsystem: string | null;
}

/** A service of a subsystem. */
export interface ServiceId extends ClientId {
  service: string;
}

/** Characters that no part of an identifier may hold (PR-REST §4.8): path delimiters, control and format characters, byte order marks. */
const FORBIDDEN = /[:;/\\%\p{Cc}\u200b\ufeff]/u;
const LONGEST = 255;

/** One part out of its percent-encoding (PR-REST §4.2); undefined where it is none, empty, too long, a dot segment, or holds what no identifier may. */
export const readPart = (encoded: string): string | undefined => {
  let text: string;
  try {
    text = decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
  const isFit = text !== '' && text.length <= LONGEST && text !== '.' && text !== '..' && !FORBIDDEN.test(text) && text.isWellFormed();
  return isFit ? text : undefined;
};

const readParts = (text: string): string[] | undefined => {
  const parts = text.split('/').map(readPart);
  return parts.every((part) => part !== undefined) ? parts : undefined;
};

/** `INSTANCE/CLASS/MEMBER[/SUBSYSTEM]`, each part percent-encoded; undefined for anything else. */
export const readClient = (text: string): ClientId | undefined => {
  const parts = readParts(text.trim());
  if (!parts || (parts.length !== 3 && parts.length !== 4)) return undefined;
  const [instance, memberClass, member, subsystem = null] = parts as [string, string, string, string?];
  return { instance, memberClass, member, subsystem };
};

/** `INSTANCE/CLASS/MEMBER/SUBSYSTEM`, and nothing less. */
export const readSubsystem = (text: string): ClientId | undefined => {
  const found = readClient(text);
  return found?.subsystem == null ? undefined : found;
};

/** `INSTANCE/CLASS/MEMBER/CODE` of a server. */
export const readServer = (text: string): { member: string; code: string } | undefined => {
  const found = readClient(text);
  return found?.subsystem == null ? undefined : { member: writeMember(found), code: found.subsystem };
};

const join = (parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).map(encodeURIComponent).join('/');

export const writeClient = ({ instance, memberClass, member, subsystem }: ClientId): string => join([instance, memberClass, member, subsystem]);
export const writeMember = ({ instance, memberClass, member }: ClientId): string => join([instance, memberClass, member]);
export const writeService = (id: ServiceId): string => join([id.instance, id.memberClass, id.member, id.subsystem, id.service]);
