export { readConfig, type Config } from './config.ts';
export { configurationAsMarkdown } from './document.ts';
