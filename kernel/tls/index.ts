export { filesOf, followFiles, readTls, TLS_RULES } from './listening.ts';
