export { DEMO_TLS_PORT, readConfig, type Config } from './config.ts';
export { configurationAsMarkdown } from './document.ts';
export { isLoopback } from './encrypted.ts';
