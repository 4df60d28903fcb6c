import { settingsOf } from './setting.ts';
import { settings } from './settings.ts';

const INTRODUCTION = `# Configuration 配置

Every setting is a variable of the environment; unset and empty mean the default. All problems are reported at once, before anything starts.
所有设置都是环境变量；未设置或为空时取默认值。启动前一次性报告全部问题。

This table is generated from \`kernel/config/settings.ts\`; a test compares them. 本表由代码生成并由测试核对。
`;

/** The document of all settings, generated from their declarations. */
export const configurationAsMarkdown = (): string =>
  [
    INTRODUCTION,
    '| Variable 变量 | Default 默认值 | Meaning | 含义 |',
    '|---|---|---|---|',
    ...settingsOf(settings).map((s) => `| \`${s.name}\`${s.secret ? ' 🔒' : ''} | ${s.fallback ? `\`${s.fallback}\`` : '–'} | ${s.en} | ${s.zh} |`),
    '',
    '🔒 secret: never printed or logged. 保密：不会显示或写入日志。',
    '',
  ].join('\n');
