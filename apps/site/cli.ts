import { runCommand } from './cli/commands.ts';

const code = await runCommand(process.argv.slice(2), { out: (line) => void process.stdout.write(`${line}\n`), err: (line) => void process.stderr.write(`${line}\n`) });
// A long answer into a pipe is written in the background: an exit would cut it off.
await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))));
process.exit(code);
