export { default } from './pack.ts';
