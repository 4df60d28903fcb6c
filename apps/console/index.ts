export { App } from './app.tsx';
export { catalogue, say, type Word } from './words/words.ts';
