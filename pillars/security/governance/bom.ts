/** A package of the lock file, as npm writes it. */
export interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
  link?: boolean;
  dependencies?: Readonly<Record<string, string>>;
  optionalDependencies?: Readonly<Record<string, string>>;
}
export interface LockFile {
  version: string;
  packages: Readonly<Record<string, Locked>>;
}

/** Licences that may come along with Apache-2.0 work. */
const allowed = new Set(['MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'CC0-1.0', 'Unlicense', 'Python-2.0', 'PostgreSQL', 'Zlib', 'OFL-1.1', 'WTFPL']);
/** Others, each with the reason why it may. */
export const exceptions: Readonly<Record<string, string>> = {
  'MPL-2.0': 'used as it is, unchanged; its terms hold file by file',
  'SEE LICENSE IN LICENSE': 'bpmn.io’s own: MIT with the condition that its mark stays visible on diagrams, as it does here',
};

const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const purlOf = (name: string, version: string): string => `pkg:npm/${name.startsWith('@') ? `%40${name.slice(1)}` : name}@${version}`;
const partsOf = (expression: string): string[] => expression.replaceAll(/[()]/g, '').split(/ (?:AND|OR) /);
const isAllowed = (licence: string): boolean => allowed.has(licence) || exceptions[licence] !== undefined;

export interface Component {
  type: 'library';
  'bom-ref': string;
  name: string;
  group?: string;
  version: string;
  scope: 'required' | 'optional' | 'excluded';
  purl: string;
  licenses: ({ license: { id: string } | { name: string } } | { expression: string })[];
  hashes?: { alg: 'SHA-512' | 'SHA-1' | 'SHA-256'; content: string }[];
}
export interface Bom {
  bomFormat: 'CycloneDX';
  specVersion: '1.6';
  serialNumber: string;
  version: 1;
  metadata: { timestamp: string; component: { type: 'application'; 'bom-ref': string; name: string; version: string } };
  components: Component[];
}

const ALGORITHMS = { sha512: 'SHA-512', sha1: 'SHA-1', sha256: 'SHA-256' } as const;
const hashesOf = (integrity = ''): Component['hashes'] => {
  const [name = '', value = ''] = integrity.split(' ')[0]?.split(/-(.*)/s) ?? [];
  const alg = Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name as keyof typeof ALGORITHMS] : undefined;
  return alg && value ? [{ alg, content: Buffer.from(value, 'base64').toString('hex') }] : undefined;
};

const licenceFrom = (given: string): Component['licenses'][number] =>
  / (AND|OR) /.test(given) ? { expression: given } : { license: given.includes(' ') ? { name: given } : { id: given } };

const componentOf = (path: string, { version = '', license = '', integrity, dev, optional }: Locked): Component => {
  const full = nameOf(path);
  const [group, name] = full.startsWith('@') ? full.split('/') : [undefined, full];
  const hashes = hashesOf(integrity);
  return {
    type: 'library', 'bom-ref': purlOf(full, version), name: name ?? full, ...(group ? { group } : {}), version, scope: dev === true ? 'excluded' : optional === true ? 'optional' : 'required', purl: purlOf(full, version),
    licenses: [licenceFrom(license)], ...(hashes ? { hashes } : {}),
  };
};

/** CycloneDX 1.6 list of every outside package of the lock file, each once. */
export const bomOf = ({ version, packages }: LockFile, serial: string, at: string): Bom => {
  const outside = Object.entries(packages).filter(([path, one]) => path.includes('node_modules/') && one.link !== true);
  const components = [...new Map(outside.map(([path, one]) => componentOf(path, one)).map((one) => [one['bom-ref'], one])).values()].sort((a, b) => (a.purl < b.purl ? -1 : 1));
  return { bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber: `urn:uuid:${serial}`, version: 1, metadata: { timestamp: at, component: { type: 'application', 'bom-ref': 'zhengwu', name: 'zhengwu', version } }, components };
};

const licenceOf = ({ licenses: [one] }: Component): string => (one === undefined ? '' : 'expression' in one ? one.expression : 'id' in one.license ? one.license.id : one.license.name);
const judgedBy = (expression: string): boolean => (expression.includes(' OR ') ? partsOf(expression).some(isAllowed) : partsOf(expression).every(isAllowed));

/** Packages without a licence, or with one that is neither allowed nor excepted. */
export const licenceFaults = ({ components }: Bom): string[] => components.filter((one) => !judgedBy(licenceOf(one))).map((one) => `${one.purl}: ${licenceOf(one) || 'no licence'}`);

/** How many packages are under which licence, and why the exceptions may be. */
export const licencesMarkdown = (bom: Bom): string => {
  const shipped = bom.components.filter(({ scope }) => scope !== 'excluded');
  const by = [...Map.groupBy(shipped, licenceOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = by.map(([licence, own]) => `| ${licence} | ${own.length} | ${licence in exceptions ? `${exceptions[licence]}: ${own.map(({ purl }) => purl.slice('pkg:npm/'.length).replace('%40', '@')).join(', ')}` : ''} |\n`).join('');
  return `# Licences of what comes along 第三方组件许可\n\nZhengwu itself is Apache-2.0. These outside packages run with it (tools of development are not counted). The full list with versions and hashes: \`npx zhengwu security sbom\` (CycloneDX 1.6).\nGenerated; \`npx vitest run tools/sbom.test.ts -u\` writes it anew. 本表由锁定文件生成并由测试核对。\n\n| licence 许可 | packages 组件 | why it may, which 说明 |\n|---|---|---|\n${rows}`;
};
