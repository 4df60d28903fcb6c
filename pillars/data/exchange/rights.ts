/** A right: whom it lets call what. Without one nobody calls anything. */
export interface Right {
  kind: 'subsystem' | 'global' | 'local';
  /** A subsystem, or the code of a group. */
  subject: string;
  /** INSTANCE/CLASS/MEMBER/SUBSYSTEM of the provider. */
  provider: string;
  service: string;
  /** `*` or one method. */
  method: string;
  /** `**` for all; `*` stands for one segment, `**` at the end for whatever follows. */
  path: string;
  /** Null: until it is withdrawn. */
  until: Date | null;
}

export interface Asking {
  client: string;
  groups: ReadonlySet<string>;
  localGroups: ReadonlySet<string>;
  provider: string;
  service: string;
  method: string;
  path: string;
}

const patterns = new Map<string, RegExp>();
const MOST_PATTERNS = 10_000;
const compile = (path: string): RegExp => {
  const known = patterns.get(path);
  if (known) return known;
  const source = path.split(/(\*\*|\*)/).map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))).join('');
  const made = new RegExp(`^${source}$`, 's');
  if (patterns.size >= MOST_PATTERNS) patterns.clear();
  patterns.set(path, made);
  return made;
};

/** Segments as they are meant: an encoded character is the character, but an encoded slash divides nothing. */
const plain = (path: string): string | undefined => {
  try {
    return path.split('/').map((segment) => decodeURIComponent(segment).replaceAll('/', '%2F')).join('/');
  } catch {
    return undefined;
  }
};

/** Whether an endpoint's method and path cover this call. An empty path is the same as `/`. */
export const covers = ({ method, path }: Pick<Right, 'method' | 'path'>, asked: Pick<Asking, 'method' | 'path'>): boolean => {
  const meant = plain(asked.path === '' ? '/' : asked.path);
  return meant !== undefined && (method === '*' || method === asked.method) && (path === '**' || compile(path).test(meant));
};

const names = ({ kind, subject }: Right, { client, groups, localGroups }: Asking): boolean =>
  kind === 'subsystem' ? subject === client : (kind === 'global' ? groups : localGroups).has(subject);

/** Whether any right lets this call through now. */
export const isAllowed = (rights: readonly Right[], asking: Asking, now: Date): boolean =>
  rights.some((right) => right.provider === asking.provider && right.service === asking.service && (right.until === null || right.until > now) && names(right, asking) && covers(right, asking));

/** The endpoints of one service that a client may call now. */
export const endpointsFor = (rights: readonly Right[], asking: Omit<Asking, 'method' | 'path'>, now: Date): { method: string; path: string }[] =>
  rights.filter((right) => right.provider === asking.provider && right.service === asking.service && (right.until === null || right.until > now) && names(right, { ...asking, method: '', path: '' }))
    .map(({ method, path }) => ({ method, path }));
