import { runCommand } from './cli/commands.ts';

process.exit(await runCommand(process.argv.slice(2), { out: (line) => void process.stdout.write(`${line}\n`), err: (line) => void process.stderr.write(`${line}\n`) }));
