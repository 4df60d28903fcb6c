import type { Control, ControlState } from './controls/all.ts';
import { evidence } from './controls/evidence.ts';

const says: Readonly<Record<ControlState, string>> = { met: 'met 符合', partly: 'partly 部分', unmet: 'not met 不符合', na: 'n/a 不适用' };
const proofOf = (code: string): string => {
  const one = evidence[code];
  if (!one) return code;
  return one.kind === 'test' ? `\`${one.place}\`: ${one.name.replaceAll('|', '\\|')}` : `${one.kind} \`${one.place}\``;
};
const rowOf = ({ id, level, title, state, evidence: cited, note }: Control): string => {
  const why = note ? `${note.text.en}${note.owner === null ? '' : ` (owner: ${note.owner})`}` : '';
  return `| ${[id, ...(level === null ? [] : [level]), `${title.en}<br>${title.zh}`, says[state], [...cited.map(proofOf), ...(why ? [`*${why}*`] : [])].join('<br>')].join(' | ')} |\n`;
};

const tallyOf = (own: readonly Control[]): string => (['met', 'partly', 'unmet', 'na'] as const).map((state) => `${says[state]}: ${own.filter((one) => one.state === state).length}`).join(', ');
const chaptersOf = (all: readonly Control[], chapter: (one: Control) => string): Map<string, Control[]> => Map.groupBy(all, chapter) as Map<string, Control[]>;

const NOTE = `States are what we declare; every test, setting and document named as evidence is checked to exist (\`apps/site/governance.test.ts\`), and a running site lowers
“met” where a machine check or a register shows otherwise (console: Security, State; \`npx zhengwu security report\`).
状态由我们声明；所引证据由测试核对确实存在，运行中的站点按机器检查和登记簿自动下调。Generated; \`npx vitest run apps/site/governance.test.ts -u\` writes it anew. 本表由代码生成。
`;

/** Answers to ASVS 5.0.0; numbers and levels are the standard's, all words ours. */
export const asvsMarkdown = (controls: readonly Control[]): string => {
  const own = controls.filter(({ standard }) => standard === 'asvs');
  const levels = [1, 2, 3].map((level) => `- Level ${level} (${own.filter((one) => one.level === level).length}): ${tallyOf(own.filter((one) => one.level === level))}\n`).join('');
  const gaps = own.filter((one) => (one.level ?? 3) < 3 && (one.state === 'unmet' || one.state === 'partly')).map((one) => `${one.id} (${one.note?.owner ?? '?'})`).join(', ');
  const parts = [...chaptersOf(own, ({ id }) => id.split('.')[0] ?? '')].map(([name, rows]) => `\n## ${name}\n\n| number 编号 | level 级 | asks 要求 | state 状态 | evidence 证据 |\n|---|---|---|---|---|\n${rows.map(rowOf).join('')}`).join('');
  return `# OWASP ASVS 5.0.0: what holds, and by what\n\nNumbers and levels are those of the OWASP Application Security Verification Standard 5.0.0 (${own.length} requirements); what each asks is said in our own, shorter words, so read the standard beside it.\n${NOTE}\n${levels}\nOpen or partly open at levels 1 and 2, with who closes it: ${gaps === '' ? 'none' : gaps}.\n${parts}`;
};

/** Answers to the general requirements of level 3. */
export const level3Markdown = (controls: readonly Control[]): string => {
  const own = controls.filter(({ standard }) => standard === 'level3');
  const parts = [...chaptersOf(own, ({ id }) => id.split('.').slice(0, 3).join('.'))].map(([name, rows]) => `\n## ${name}\n\n| number 编号 | asks 要求 | state 状态 | evidence 证据 |\n|---|---|---|---|\n${rows.map(rowOf).join('')}`).join('');
  return `# GB/T 22239-2019, level 3: what holds, and by what\n\n网络安全等级保护基本要求第三级安全通用要求（${own.length} 项控制点），要求的表述是我们自己的简短说法，请对照标准原文阅读。\n${NOTE}\n- ${tallyOf(own)}\n${parts}`;
};
