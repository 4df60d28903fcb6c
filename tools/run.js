// Runs a TypeScript program on the installed Node: node tools/run.js bench/main.ts …
import { ensureInstalled, run } from './project.js';

ensureInstalled();
process.exit(await run(['--disable-warning=ExperimentalWarning', ...process.argv.slice(2)]));
