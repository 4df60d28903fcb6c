import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { labelLevel } from '@zhengwu/contracts';
import type { Indicators } from '@zhengwu/analytics';
import type { Federation } from '@zhengwu/federation';
import type { Database } from '@zhengwu/database';
import type { Log } from '@zhengwu/log';
import { checkPack, evaluatePack, type Finding, type PackData } from '@zhengwu/pack';
import type { Registers } from '@zhengwu/registers';
import { engines } from './engines.ts';
import { insertVersion, publishPack, selectHighestLabel, selectLoads, selectTaken, selectVersion, upsertLoad, type LoadRow } from './store.ts';

/** What a folder holds now: its pack's identity and everything wrong with it. */
export interface Checked {
  directory: string;
  hash: string;
  data: PackData | null;
  findings: Finding[];
}

/** Evaluates and checks a folder without a database: what `zhengwu pack check DIR` says. Never throws for a bad pack. */
export const checkPackDirectory = async (directory: string): Promise<Checked> => {
  const { data, hash, findings } = await evaluatePack(directory);
  const found = findings.length > 0 ? findings : await checkPack(data, engines);
  return { directory, hash, data: found.length === 0 ? (data as PackData) : null, findings: found };
};

const filesOf = async (directory: string): Promise<string[]> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules')).map((entry) => join(entry.parentPath, entry.name)).sort();
};

/** sha256 over a folder's files, names and contents. */
const digestOf = async (directory: string): Promise<string> => {
  const hash = createHash('sha256');
  for (const file of await filesOf(directory)) hash.update(relative(directory, file)).update('\0').update(await readFile(file)).update('\0');
  return hash.digest('hex');
};

const formatDigest = async (): Promise<string> => digestOf(dirname(createRequire(import.meta.url).resolve('@zhengwu/pack')));

const frozenDiffers = (code: string, version: string): Finding => ({
  file: 'pack.ts', path: '/version', rule: 'pack.version-frozen',
  zh: `服务包 ${code} 的 ${version} 版已按另一内容冻结`, en: `Version ${version} of pack ${code} is frozen with other content`,
  remedy: { zh: '提高版本号；在办办件按原版本办完。', en: 'Raise the version; running cases finish on the old one.' },
});

const taken = (codes: readonly string[]): Finding[] => codes.map((code) => ({
  file: 'pack.ts', path: '/services', rule: 'pack.service-taken',
  zh: `事项代码 ${code} 已被另一服务包使用`, en: `Service code ${code} belongs to another pack`,
  remedy: { zh: '换一个事项代码。', en: 'Choose another service code.' },
}));

/** What the pack declares above the label that this site may hold; the database would refuse each row of it. */
const tooSecret = (data: PackData, highest: number): Finding[] =>
  [...data.services.map((one, at) => ({ one, path: `/services/${at}/label` })), ...data.registers.map((one, at) => ({ one, path: `/registers/${at}/label` }))]
    .filter(({ one }) => labelLevel(one.label ?? 'internal') > highest)
    .map(({ one, path }) => ({
      file: 'pack.ts', path, rule: 'pack.label-above-site', zh: `${one.code} 的密级高于本站点获准存放的最高密级`, en: `The label of ${one.code} is above the highest that this site may hold`,
      remedy: { zh: '在政务内网获准存放该密级的站点运行；政务外网不得存放涉密内容。', en: 'Run it on an intranet site that is cleared for it; an extranet site holds nothing classified.' },
    }));

interface Ground {
  database: Database;
  registers: Registers;
  /** Where a site reckons, it takes in the packs' indicators. */
  indicators?: Indicators | undefined;
  /** Where a site exchanges with others, it takes in how their changes become its records. */
  federation?: Federation | undefined;
  log: Log;
}

const freezeChecked = async ({ database, registers, indicators, federation }: Ground, checked: Checked, source: string): Promise<Finding[]> => {
  const { data, hash, directory } = checked;
  const findings = [...checked.findings];
  await database.as(database.system, async (tx) => {
    if (data) {
      const before = await selectVersion(tx, data.code, data.version);
      if (before !== null && before !== hash) findings.push(frozenDiffers(data.code, data.version));
      findings.push(...tooSecret(data, await selectHighestLabel(tx)));
      findings.push(...taken(await selectTaken(tx, data.code, data.services.map((service) => service.code))));
    }
    if (data && findings.length === 0) {
      await insertVersion(tx, hash, data);
      await publishPack(tx, hash, data);
    }
    await upsertLoad(tx, { directory, code: data?.code ?? null, version: data?.version ?? null, hash: hash || null, name: data?.name ?? null, source, accepted: findings.length === 0, findings });
  });
  if (data && findings.length === 0) {
    await registers.define(hash, data.registers);
    await indicators?.define(hash, data.indicators ?? []);
    await federation?.define(hash, data.intakes ?? []);
  }
  return findings;
};

const loadOne = async (ground: Ground, directory: string, format: string, before: LoadRow | undefined): Promise<void> => {
  const source = await digestOf(directory).then((digest) => `${digest}.${format}`, () => 'unreadable');
  if (before?.accepted && before.source === source) return;
  const checked = await checkPackDirectory(directory);
  const findings = await freezeChecked(ground, checked, source);
  const where = { directory, pack: checked.data?.code, version: checked.data?.version, hash: checked.hash.slice(0, 12) };
  if (findings.length === 0) return ground.log.info(where, 'pack frozen');
  ground.log.error({ ...where, findings: findings.map(({ file, path, rule, en, remedy }) => ({ file, path, rule, en, remedy: remedy.en })) }, 'pack refused; the others run');
};

/** Packs that are evaluated side by side: more would only stand in each other's way until the time that one may take is over. */
const SIDE_BY_SIDE = 2;

/**
 * Loads the packs of these folders: evaluates, checks, freezes and publishes each. A bad one is refused with its findings
 * kept, the rest run, and what was frozen of it before stays current. Unchanged folders are not evaluated again.
 */
export const loadPacks = async (ground: Ground, directories: readonly string[]): Promise<void> => {
  const { database } = ground;
  const [before, format] = await Promise.all([database.as(database.system, selectLoads), formatDigest()]);
  const waiting = [...directories];
  const next = async (): Promise<void> => {
    for (let directory = waiting.shift(); directory !== undefined; directory = waiting.shift()) {
      const folder = directory;
      await loadOne(ground, folder, format, before.find((row) => row.directory === folder));
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
};
