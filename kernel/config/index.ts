export { readConfig, type Config } from './config.ts';
export { configurationAsMarkdown } from './document.ts';
export type { DatabaseConfig, S3Config } from './config.ts';
