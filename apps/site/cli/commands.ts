import { isZhengwuError } from '@zhengwu/errors';
import { leaveDemoAccounts } from './accounts.ts';
import { auditCommand } from './audit.ts';
import { authorityCommand } from './authority.ts';
import { backUp } from './backup.ts';
import { exchangeCommand } from './exchange.ts';
import { keysCommand } from './keys.ts';
import { loadOrganisationFile } from './organisation.ts';
import { checkPacks } from './pack-check.ts';
import { registerCommand } from './register.ts';
import { bringBack } from './restore.ts';
import { both } from './say.ts';
import { securityCommand } from './security.ts';
import { DONE, FAILED, MISUSED, type Terminal } from './terminal.ts';
import { words } from './words.ts';

const help = ({ out }: Terminal): number => {
  out(`${words.help.zh}\n\n${words.help.en}`);
  return DONE;
};

const misused = ({ err }: Terminal, line: string): number => {
  err(line);
  return MISUSED;
};

type OnFolder = (folder: string, terminal: Terminal, environment: NodeJS.ProcessEnv) => Promise<number>;
const onFolder: Readonly<Record<string, OnFolder>> = { backup: backUp, restore: bringBack };

const dispatch = (args: readonly string[], terminal: Terminal, environment: NodeJS.ProcessEnv): number | Promise<number> => {
  const [command = 'help', ...rest] = args;
  if (['help', '--help', '-h'].includes(command)) return help(terminal);
  if (command === 'ca') return authorityCommand(rest, terminal, environment);
  if (command === 'exchange') return exchangeCommand(rest, terminal, environment);
  if (command === 'audit') return auditCommand(rest, terminal, environment);
  if (command === 'register') return registerCommand(rest, terminal, environment);
  if (command === 'accounts') {
    const [keep, ...more] = rest[1] === '--keep' ? rest.slice(2) : ['', ...rest.slice(1)];
    if (rest[0] !== 'leave-demo' || keep === undefined || more.length > 0) return misused(terminal, both(words.accountsUsage));
    return leaveDemoAccounts(keep.split(',').map((name) => name.trim()).filter(Boolean), terminal, environment);
  }
  if (command === 'security') return securityCommand(rest, terminal, environment);
  if (command === 'pack' && rest[0] === 'check') return checkPacks(rest.slice(1), terminal);
  if (command === 'organisation') {
    const [path, ...more] = rest.slice(1).filter((arg) => arg !== '--check');
    if (rest[0] !== 'load' || !path || more.length > 0 || path.startsWith('-')) return misused(terminal, both(words.organisationUsage));
    return loadOrganisationFile(path, rest.includes('--check'), terminal, environment);
  }
  if (command === 'keys') return keysCommand(rest, terminal, environment);
  const work = Object.hasOwn(onFolder, command) ? onFolder[command] : undefined;
  if (!work) return misused(terminal, both(words.unknown, { command: args.slice(0, 2).join(' ') }));
  if (rest.length !== 1 || rest[0]?.startsWith('-')) return misused(terminal, both(words.noFolder, { command }));
  return work(rest[0] as string, terminal, environment);
};

/**
 * Runs one command of `npx zhengwu` and answers its exit code: 0 done, 1 found something wrong, 2 not understood.
 * What is foreseeable is one line; anything else is a defect and shows where it arose.
 */
export const runCommand = async (args: readonly string[], terminal: Terminal, environment: NodeJS.ProcessEnv = process.env): Promise<number> => {
  try {
    return await dispatch(args, terminal, environment);
  } catch (error) {
    const isForeseen = error instanceof Error && (error.name === 'StartError' || isZhengwuError(error));
    terminal.err(isForeseen ? error.message.replace(/\s*\n\s*/g, ' ') : String(error instanceof Error ? error.stack : error));
    return FAILED;
  }
};
