import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from './cli/commands.ts';
import { packFolders, projectFolder } from './packs.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const zhengwu = async (args: readonly string[], environment: NodeJS.ProcessEnv = {}) => {
  const said = { out: '', err: '' };
  const code = await runCommand(args, { out: (line) => void (said.out += `${line}\n`), err: (line) => void (said.err += `${line}\n`) }, environment);
  return { code, ...said };
};

describe('the command line', () => {
  test.each([[[]], [['help']], [['--help']]])('%j tells what there is, in both languages', async (args) => {
    const { code, out } = await zhengwu(args);
    expect(code).toBe(0);
    for (const word of ['pack check', 'backup', 'restore', '用法', 'Usage']) expect(out).toContain(word);
  });

  test.each([[['bakcup', 'x']], [['pack', 'chek', 'x']], [['constructor', 'x']], [['pack', 'check']], [['backup']], [['restore', 'a', 'b']], [['backup', '--force']]])(
    '%j is one clear line and exit code 2', async (args) => {
      const { code, out, err } = await zhengwu(args);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(/^[^\n]*[\u4e00-\u9fff][^\n]* \/ [^\n]*npx zhengwu[^\n]*\n$/);
    });
});

describe('pack check', () => {
  test('says that the packs of the platform keep every rule', async () => {
    const { code, out } = await zhengwu(['pack', 'check', ...packFolders()]);
    expect(out.match(/keeps every rule/g)).toHaveLength(packFolders().length);
    expect(code).toBe(0);
  });

  test('names file, path, rule and remedy of what is wrong, in a folder far from the platform; the others are still checked', async () => {
    const copy = join(folder, 'driving');
    await cp(join(projectFolder(), 'packs/driving'), copy, { recursive: true, filter: (path) => !path.includes('node_modules') });
    await rm(join(copy, 'decisions/driving.dmn'));
    const { code, out } = await zhengwu(['pack', 'check', copy, join(projectFolder(), 'packs/enterprise')]);
    expect(code).toBe(1);
    expect(out).toMatch(/ {2}pack\.ts {2}\/decisions\/0\/file {2}pack\.file\n {4}[^\n]*[\u4e00-\u9fff][^\n]*\n {4}[^\n]*driving\.dmn\n {4}→ [^\n]*[\u4e00-\u9fff][^\n]*\n {4}→ Put the file/);
    expect(out).toContain('keeps every rule');
  });

  test.each([
    ['no folder', async () => join(folder, 'nowhere')],
    ['an empty folder', async () => mkdtemp(join(folder, 'empty-'))],
    ['code that throws', async () => {
      const made = await mkdtemp(join(folder, 'throws-'));
      await writeFile(join(made, 'pack.ts'), 'throw new Error("bad day")');
      return made;
    }],
  ])('%s is a finding, not a crash', async (_, make) => {
    const { code, out, err } = await zhengwu(['pack', 'check', await make()]);
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(/pack\.(evaluates|file)/);
  });
});

describe('backup and restore refuse', () => {
  const held = async (name: string): Promise<string> => {
    const made = await mkdtemp(join(folder, 'held-'));
    await mkdir(join(made, name));
    return made;
  };

  test.each(['postgres', 'files', 'keys'])('a data folder with %s, untouched', async (name) => {
    const target = await held(name);
    const { code, err } = await zhengwu(['restore', join(folder, 'no-backup')], { ZHENGWU_DATA: target });
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`^[^\n]*holds ${name} already[^\n]*\n$`));
  });

  test('what is no backup, before anything is made', async () => {
    const target = join(folder, 'new-data');
    const { code, err } = await zhengwu(['restore', await mkdtemp(join(folder, 'empty-'))], { ZHENGWU_DATA: target });
    expect([code, existsSync(target)]).toEqual([1, false]);
    expect(err).toMatch(/^[^\n]*not a complete backup[^\n]*\n$/);
  });

  test('a data folder that is not there and a target that is', async () => {
    expect((await zhengwu(['backup', join(folder, 'b')], { ZHENGWU_DATA: join(folder, 'nowhere') })).err).toMatch(/^[^\n]*nowhere does not exist[^\n]*\n$/);
    expect((await zhengwu(['backup', folder], { ZHENGWU_DATA: folder })).err).toMatch(/^[^\n]*exists already[^\n]*\n$/);
  });

  test('a wrong setting, in one line without its secret', async () => {
    const { code, err } = await zhengwu(['backup', join(folder, 'b')], { ZHENGWU_DATA: folder, DATABASE_URL: 'mysql://u:hunter2@h/d' });
    expect(code).toBe(1);
    expect(err).toMatch(/^[^\n]*DATABASE_URL[^\n]*\n$/);
    expect(err).not.toContain('hunter2');
  });
});
