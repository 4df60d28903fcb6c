import { execFile } from 'node:child_process';
import { readFile, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { packHash } from '../canonical.ts';
import { finding, rule, type Finding } from '../check/finding.ts';

const broken = rule('pack.evaluates', '服务包无法求值：{detail}', 'The pack cannot be evaluated: {detail}',
  '修正 pack.ts；它只能导入自己的文件、@zhengwu/pack、@zhengwu/contracts 和 typebox，须在时限与内存内求值完毕。',
  'Correct pack.ts; it may import its own files, @zhengwu/pack, @zhengwu/contracts and typebox, and must finish within its time and memory.');
const missing = rule('pack.file', '找不到或无法读取文件：{detail}', 'A file is missing or cannot be read: {detail}',
  '把文件放进服务包目录，路径不得越出目录。', 'Put the file into the pack’s folder; a path may not leave it.');

/** A pack as its folder says it now: data to check, or why there is none. */
export interface Evaluated {
  directory: string;
  /** Files by content; still unchecked. */
  data: unknown;
  hash: string;
  findings: Finding[];
}

export interface Limits {
  /** Milliseconds. */
  time?: number;
  /** Mebibytes of heap. */
  memory?: number;
}

/** Folders that evaluation reads beside the pack: this package, the contracts and TypeBox. */
const libraries = (): { child: string; folders: string[] } => {
  const find = createRequire(import.meta.url);
  const own = dirname(find.resolve('@zhengwu/pack'));
  const modules = find.resolve('typebox').split(`${sep}typebox${sep}`)[0] ?? '';
  return {
    child: join(own, 'evaluate', 'child.ts'),
    folders: [own, dirname(find.resolve('@zhengwu/contracts')), join(modules, 'typebox'), join(modules, '@zhengwu')],
  };
};

const runChild = (directory: string, limits: Limits): Promise<string> => {
  const { child, folders } = libraries();
  const reads = [directory, ...folders].map((folder) => `--allow-fs-read=${folder}${sep}*`);
  const args = ['--permission', ...reads, `--max-old-space-size=${limits.memory ?? 128}`, '--disable-warning=ExperimentalWarning', child, join(directory, 'pack.ts')];
  const options = { timeout: limits.time ?? 10_000, killSignal: 'SIGKILL', maxBuffer: 32 * 1024 * 1024, env: {}, cwd: directory } as const;
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, options, (error, out, err) => {
      if (!error) return resolve(out);
      const reason = error.killed ? 'time limit' : err.includes('heap out of memory') ? 'memory limit' : err.trim().split('\n').find((line) => line.includes('Error')) ?? error.message;
      reject(new Error(reason));
    });
  });
};

const readInside = async (directory: string, file: string): Promise<string> => {
  const path = await realpath(join(directory, file));
  if (!path.startsWith(directory + sep)) throw new Error('outside');
  return readFile(path, 'utf8');
};

/** Replaces `file` by its content in the lists of models. */
const readModels = async (directory: string, pack: Record<string, unknown>, findings: Finding[]): Promise<unknown> => {
  const read = async (list: unknown, name: string): Promise<unknown> => {
    if (!Array.isArray(list)) return list;
    return Promise.all(list.map(async (model: { file?: unknown }, i) => {
      try {
        return { ...model, xml: await readInside(directory, String(model.file)) };
      } catch {
        findings.push(finding(missing, `/${name}/${i}/file`, String(model.file)));
        return { ...model, xml: '' };
      }
    }));
  };
  return { ...pack, processes: await read(pack.processes, 'processes'), decisions: await read(pack.decisions, 'decisions') };
};

/**
 * Evaluates `directory/pack.ts` in a child process (time, memory, read-only, no network, no built-ins) and reads its models.
 * Never throws for a bad pack: what is wrong is in `findings`.
 */
export const evaluatePack = async (folder: string, limits: Limits = {}): Promise<Evaluated> => {
  const none = (detail: string): Evaluated => ({ directory: folder, data: null, hash: '', findings: [finding(broken, '', detail)] });
  try {
    const directory = await realpath(folder);
    const answer = JSON.parse(await runChild(directory, limits)) as { pack?: unknown; error?: string };
    if (answer.error !== undefined) return none(answer.error);
    if (answer.pack === null || typeof answer.pack !== 'object') return none('the default export is not an object');
    const findings: Finding[] = [];
    const data = await readModels(directory, answer.pack as Record<string, unknown>, findings);
    return { directory, data, hash: packHash(data), findings };
  } catch (error) {
    return none(error instanceof Error ? error.message : String(error));
  }
};
