import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configurationAsMarkdown } from '@zhengwu/config';
import { demoPassword, tourAccounts } from '@zhengwu/demo';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const markdownBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md') && !entry.parentPath.includes('node_modules'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

const readmes = ['README.md', 'README.zh-CN.md'] as const;
const documents = [...readmes, 'CONTRIBUTING.md', ...markdownBelow('docs')].sort();
/** Documents in both languages: the same headings, code blocks and tables. */
const pairs = [readmes, ['docs/tour.md', 'docs/tour.zh-CN.md'], ['docs/tour-security.md', 'docs/tour-security.zh-CN.md'], ['docs/tutorial-pack.md', 'docs/tutorial-pack.zh-CN.md']] as const;

/** What a reader would type: fenced blocks and code spans. */
const codeIn = (markdown: string): string =>
  [...markdown.matchAll(/^```[\s\S]*?^```$|`[^`\n]+`/gm)].map(([code]) => code).join('\n');
const withoutCode = (markdown: string): string => markdown.replace(/^```[\s\S]*?^```$/gm, '');
const headings = (markdown: string): string[] => withoutCode(markdown).match(/^#+ .*$/gm) ?? [];
/** Anchors as GitHub makes them of headings. */
const anchorOf = (heading: string): string =>
  heading.replace(/^#+ /, '').toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').trim().replaceAll(' ', '-');

const brokenLinks = (file: string): string[] =>
  [...withoutCode(read(file)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target).filter((target) => !/^(https?|mailto):/.test(target)).filter((target) => {
    const [path = '', anchor] = target.split('#');
    const at = path === '' ? file : normalize(join(dirname(file), path));
    if (!existsSync(join(root, at))) return true;
    return anchor !== undefined && !headings(read(at)).map(anchorOf).includes(decodeURIComponent(anchor));
  });

describe.each(documents)('%s', (file) => {
  const text = read(file);

  test('links to what exists', () => {
    expect(brokenLinks(file)).toEqual([]);
  });

  test('names commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const help = read('apps/site/cli/words.ts');
    const code = codeIn(text);
    const unknown = [
      ...[...code.matchAll(/\bnpm (?:run )?([a-z]+)/g)].map(([, name = '']) => name).filter((name) => name !== 'ci' && !(name in scripts)),
      ...[...code.matchAll(/npx ([a-z]+)(?: (pack check|[a-z]+))?/g)].filter(([, program, command = 'help']) =>
        program === 'zhengwu' ? !help.includes(`npx zhengwu ${command} `) : program !== 'vitest').map(([command]) => command),
      ...[...code.matchAll(/node (tools\/[\w./-]+)/g)].map(([, tool = '']) => tool).filter((tool) => !existsSync(join(root, tool))),
    ];
    expect(unknown).toEqual([]);
  });

  test('names settings that exist', () => {
    const known = configurationAsMarkdown();
    const named = [...new Set(text.match(/\bZHENGWU_[A-Z0-9_]*[A-Z0-9]\b/g))].filter((name) => name !== 'ZHENGWU_TEST');
    expect(named.filter((name) => !known.includes(`\`${name}\``))).toEqual([]);
  });

  test('is finished', () => {
    expect(text.match(/\b(TODO|TBD|FIXME|XXX|lorem|ipsum)\b|待补充|待完善/gi) ?? []).toEqual([]);
    expect(headings(text).filter((heading) => heading.startsWith('# '))).toHaveLength(1);
  });
});

describe.each(pairs)('%s and %s', (english, chinese) => {
  const shape = (file: string) => ({
    headings: headings(read(file)).map((heading) => heading.indexOf(' ')),
    blocks: read(file).match(/^```\w*/gm)?.length ?? 0,
    rows: withoutCode(read(file)).match(/^\|/gm)?.length ?? 0,
  });

  test('have the same shape', () => {
    expect(shape(chinese)).toEqual(shape(english));
  });
});

describe('the tour of security', () => {
  const catalogues = ['apps/console/words', 'apps/portal/words', 'pillars/security/defence']
    .flatMap((folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => read(join(folder, name)))).join('\n');
  /** What each part sets in italics; a browser walks the English names (`e2e/tour-security.e2e.ts`). */
  const named = (file: string) => withoutCode(read(file)).split(/^## /m).map((part) => [...part.matchAll(/(?<!\*)\*([^*\n]+)\*(?!\*)/g)].map(([, name = '']) => name));

  test('names the same things in both languages, as the pages call them', () => {
    const [english, chinese] = [named('docs/tour-security.md'), named('docs/tour-security.zh-CN.md')];
    expect(english.map((part) => part.length)).toEqual(chinese.map((part) => part.length));
    const pairs = english.flatMap((part, index) => part.map((name, at) => [chinese[index]?.[at] ?? '', name] as const));
    expect(pairs.length).toBeGreaterThan(20);
    expect(pairs.filter(([zh, en]) => !catalogues.includes(`['${zh}', '${en}']`) && !catalogues.includes(`zh: '${zh}', en: '${en}'`))).toEqual([]);
  });
});

describe('demo accounts', () => {
  const accounts = tourAccounts('2026-11-22');

  test.each(readmes)('%s shows those of the guided tour, in order', (file) => {
    const rows = [...read(file).matchAll(/^\| `([\w-]+)` \| (.+) \| (portal|console|门户|工作台) \|$/gm)];
    expect(rows.map(([, account]) => account)).toEqual(accounts.map((one) => one.account));
    expect(rows.map(([, , , where]) => (where === 'portal' || where === '门户' ? 'portal' : 'console'))).toEqual(accounts.map((one) => one.for));
    expect(read(file)).toContain(`\`${demoPassword}\``);
  });

  test('README.zh-CN.md says who they are in the words that the site prints', () => {
    for (const { account, who } of accounts) expect(read('README.zh-CN.md')).toContain(`| \`${account}\` | ${who.zh} |`);
  });

  test('the tours name accounts that exist', () => {
    const others = ['citizen06', 'health01'];
    const named = documents.flatMap((file) => read(file).match(/`(citizen|window|reviewer|approver|market|tax|seal|social|traffic)\d\d`/g) ?? []).map((one) => one.slice(1, -1));
    expect(named.filter((one) => !others.includes(one) && !accounts.some(({ account }) => account === one))).toEqual([]);
  });
});

describe('decision records', () => {
  const records = readdirSync(join(root, 'docs/adr')).filter((name) => /^\d{4}-/.test(name)).sort();

  test('are numbered without gaps and listed', () => {
    expect(records.map((name) => Number(name.slice(0, 4)))).toEqual(records.map((_, i) => i + 1));
    for (const name of records) expect(read('docs/adr/README.md')).toContain(`(${name})`);
  });

  test.each(records)('%s has context, decision and consequences', (name) => {
    const [context = '', decision = '', consequences = ''] = read(`docs/adr/${name}`).split(/^## (?:Decision|Consequences)$/m);
    expect(Math.min(context.length, decision.length, consequences.length)).toBeGreaterThan(100);
  });
});

describe('packages', () => {
  test('each has a README that says what it is', () => {
    const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] };
    const below = (pattern: string): string[] => {
      const [first, ...rest] = pattern.split('/*');
      return rest.reduce((folders) => folders.flatMap((folder) => readdirSync(join(root, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules').map((entry) => `${folder}/${entry.name}`)), [first ?? '']);
    };
    const packages = workspaces.flatMap(below).filter((folder) => existsSync(join(root, folder, 'package.json')));
    expect(packages.length).toBeGreaterThan(30);
    expect(packages.filter((folder) => !existsSync(join(root, folder, 'README.md')))).toEqual([]);
  });
});
