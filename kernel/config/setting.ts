import type { Issue } from '@zhengwu/errors';

export type Environment = Readonly<Record<string, string | undefined>>;

/** One variable of the environment: its name, what it is when unset, what it means. */
export interface Setting<V> {
  name: string;
  /** Text of the value when the variable is unset or empty; undefined where nothing is assumed. */
  fallback: string | undefined;
  zh: string;
  en: string;
  /** Never printed. */
  secret: boolean;
  /** The value, or what is wrong with the text. */
  parse(text: string): { value: V } | { zh: string; en: string };
}

export type Meaning = { zh: string; en: string };

export interface Tree {
  readonly [key: string]: Setting<unknown> | Tree;
}

export type ValuesOf<T> = { readonly [K in keyof T]: T[K] extends Setting<infer V> ? V : ValuesOf<T[K]> };

type Options = Meaning & { secret?: boolean };

const setting = <V>(name: string, fallback: string | undefined, about: Options, parse: Setting<V>['parse']): Setting<V> => ({
  name,
  fallback,
  zh: about.zh,
  en: about.en,
  secret: about.secret ?? false,
  parse,
});

const wrong = (zh: string, en: string): Meaning => ({ zh, en });

export const text = (name: string, fallback: string, about: Options): Setting<string> =>
  setting(name, fallback, about, (value) => ({ value }));

/** A text that may be absent; `least` is its shortest allowed length. */
export const optionalText = (name: string, about: Options, least = 1): Setting<string | undefined> =>
  setting<string | undefined>(name, undefined, about, (value) =>
    value.length >= least ? { value } : wrong(`至少需要 ${least} 个字符`, `needs at least ${least} characters`),
  );

export const whole = (name: string, fallback: number, [least, most]: [number, number], about: Options): Setting<number> =>
  setting(name, String(fallback), about, (value) => {
    const number = /^\d{1,12}$/.test(value) ? Number(value) : Number.NaN;
    return number >= least && number <= most
      ? { value: number }
      : wrong(`应为 ${least} 到 ${most} 之间的整数`, `must be a whole number from ${least} to ${most}`);
  });

export const port = (name: string, fallback: number, about: Options): Setting<number> => whole(name, fallback, [0, 65535], about);

/** A number that may be left to the mode of the site. */
export const optionalWhole = (name: string, range: [number, number], about: Options): Setting<number | undefined> => {
  const { parse } = whole(name, range[0], range, about);
  return setting<number | undefined>(name, undefined, about, parse);
};

/** A port that may be left to the mode of the site. */
export const optionalPort = (name: string, about: Options): Setting<number | undefined> => {
  const { parse } = port(name, 0, about);
  return setting<number | undefined>(name, undefined, about, parse);
};

const SWITCH: Readonly<Record<string, boolean>> = { on: true, true: true, 1: true, yes: true, off: false, false: false, 0: false, no: false };

export const onOff = (name: string, fallback: 'on' | 'off', about: Options): Setting<boolean> =>
  setting(name, fallback, about, (value) => {
    const on = SWITCH[value.toLowerCase()];
    return on === undefined ? wrong('应为 on 或 off', 'must be on or off') : { value: on };
  });

export const oneOf = <const V extends string>(name: string, fallback: V, values: readonly V[], about: Options): Setting<V> =>
  setting(name, fallback, about, (value) => {
    const found = values.find((v) => v === value);
    return found === undefined ? wrong(`应为 ${values.join('、')} 之一`, `must be one of ${values.join(', ')}`) : { value: found };
  });

export const list = (name: string, about: Options): Setting<string[]> =>
  setting(name, '', about, (value) => ({ value: value.split(',').map((one) => one.trim()).filter(Boolean) }));

/** An address with one of the given schemes. */
export const address = (name: string, schemes: readonly string[], about: Options): Setting<string | undefined> =>
  setting<string | undefined>(name, undefined, about, (value) => {
    const scheme = URL.canParse(value) ? new URL(value).protocol.slice(0, -1) : '';
    return schemes.includes(scheme)
      ? { value }
      : wrong(`应为以 ${schemes.map((s) => `${s}://`).join(' 或 ')} 开头的地址`, `must be an address that begins with ${schemes.map((s) => `${s}://`).join(' or ')}`);
  });

/** Addresses separated by commas, each with one of the given schemes and without a password, which would be printed with it. */
export const addresses = (name: string, schemes: readonly string[], about: Options): Setting<string[]> => {
  const one = address(name, schemes, about);
  const { parse } = list(name, about);
  return setting(name, '', about, (value) => {
    const parsed = parse(value) as { value: string[] };
    const problem = parsed.value.map(one.parse).find((found): found is Meaning => !('value' in found));
    return problem ?? (parsed.value.some((each) => new URL(each).username !== '') ? wrong('地址中不得含用户名或口令', 'must not hold a user or a password') : parsed);
  });
};

/** Scheme, host and port only, without a trailing slash. */
export const origin = (name: string, about: Options): Setting<string | undefined> =>
  setting<string | undefined>(name, undefined, about, (value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    return url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.username
      ? { value: url.origin }
      : wrong('应为不带路径的 http:// 或 https:// 地址', 'must be an http:// or https:// address without a path');
  });

const isSetting = (node: Setting<unknown> | Tree): node is Setting<unknown> => typeof node['parse'] === 'function';

export const settingsOf = (tree: Tree): Setting<unknown>[] =>
  Object.values(tree).flatMap((node) => (isSetting(node) ? [node] : settingsOf(node)));

const readOne = (one: Setting<unknown>, environment: Environment, issues: Issue[]): unknown => {
  const given = environment[one.name]?.trim();
  const used = given === undefined || given === '' ? one.fallback : given;
  if (used === undefined) return undefined;
  const parsed = one.parse(used);
  if ('value' in parsed) return parsed.value;
  issues.push({ path: one.name, code: 'config.invalid-value', message: parsed });
  return undefined;
};

/** Reads a tree of settings; every problem found is added to `issues`. */
export const readTree = <T extends Tree>(tree: T, environment: Environment, issues: Issue[]): ValuesOf<T> => {
  const values: Record<string, unknown> = {};
  for (const [key, node] of Object.entries(tree)) {
    values[key] = isSetting(node) ? readOne(node, environment, issues) : readTree(node, environment, issues);
  }
  return values as ValuesOf<T>;
};
