import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** Where a hardware module is: its PKCS#11 library, the label of the token, the file that holds the PIN. */
export interface TokenPlace {
  module: string;
  token: string;
  pinFile: string;
}

/** Asks the token once: arguments beside place and PIN, and what it reads; answers what it prints. */
export type TokenProgram = (args: readonly string[], input?: Buffer) => Promise<Buffer>;

const PROGRAM = 'pkcs11-tool';
const SECONDS = 15;
const MAX_ANSWER = 256 * 1024;
const MAX_WAITING = 64;
const PIN = 'ZHENGWU_TOKEN_PIN';

/** The child sees what a vendor's library may need of our environment, and of our secrets the PIN alone. */
const environmentWith = (pin: string): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ZHENGWU_') && name !== 'DATABASE_URL')), [PIN]: pin,
});

const readPin = async (path: string): Promise<string> => {
  const pin = (await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`the file with the token's PIN (ZHENGWU_PKCS11_PIN_FILE) cannot be read: ${path}`, { cause });
  })).trim();
  if (pin === '') throw new Error(`the file with the token's PIN (ZHENGWU_PKCS11_PIN_FILE) is empty: ${path}`);
  return pin;
};

const run = (args: readonly string[], input: Buffer, pin: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const child = spawn(PROGRAM, args, { env: environmentWith(pin), stdio: ['pipe', 'pipe', 'pipe'] });
    const answer: Buffer[] = [];
    let [size, complaint] = [0, ''];
    const refuse = (why: string): void => void (child.kill('SIGKILL'), reject(new Error(`the hardware module does not answer: ${why}`)));
    const timer = setTimeout(() => refuse(`no answer within ${SECONDS} seconds`), SECONDS * 1000);
    child.on('error', (cause) => (clearTimeout(timer), reject(new Error(`${PROGRAM} does not start; it comes with OpenSC`, { cause }))));
    child.stdin.on('error', () => undefined).end(input);
    child.stdout.on('data', (chunk: Buffer) => ((size += chunk.length) > MAX_ANSWER ? refuse('too long an answer') : answer.push(chunk)));
    child.stderr.on('data', (chunk: Buffer) => (complaint = `${complaint}${chunk.toString()}`.slice(0, 500)));
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve(Buffer.concat(answer));
      else reject(new Error(`the hardware module refused: ${complaint.trim().split('\n')[0] ?? ''}`));
    });
  });

/**
 * OpenSC's `pkcs11-tool` on this token, one call at a time (many modules allow one session). The PIN goes by environment, never by argument.
 * Throws when the module refuses, is silent for 15 seconds, or 64 calls wait already.
 */
export const openTokenProgram = ({ module, token, pinFile }: TokenPlace): TokenProgram => {
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return (args, input = Buffer.alloc(0)) => {
    if (waiting >= MAX_WAITING) return Promise.reject(new Error('the hardware module is asked faster than it answers'));
    waiting += 1;
    const answer = turn.then(async () => run(['--module', module, '--token-label', token, '--login', '--pin', `env:${PIN}`, ...args], input, await readPin(pinFile)));
    turn = answer.then(() => undefined, () => undefined).then(() => void (waiting -= 1));
    return answer;
  };
};
