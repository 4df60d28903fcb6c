// Runs programs as children: starts them in order, starts a crashed one again, stops all together.
import { spawn } from 'node:child_process';
import { createWriteStream, renameSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const stopSeconds = 30;
const restartsPerMinute = 5;

/** Resolves with true when the port can be listened on; a program that is just ending gets 5 s to let go. */
export const isPortFree = async (port, host) => {
  for (let tries = 0; tries < 20; tries++) {
    const free = await new Promise((resolve) => {
      const probe = createServer().once('error', () => resolve(false));
      probe.listen(port, host, () => probe.close(() => resolve(true)));
    });
    if (free) return true;
    await sleep(250);
  }
  return false;
};

const answers = (port, host) =>
  new Promise((resolve) => {
    const socket = connect({ port, host: host === '0.0.0.0' ? '127.0.0.1' : host });
    socket.once('connect', () => resolve(true) || socket.destroy());
    socket.once('error', () => resolve(false));
  });

const openLog = (file) => {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 20_000_000) renameSync(file, `${file}.1`);
  return createWriteStream(file, { flags: 'a', mode: 0o600 }).on('error', () => undefined);
};

const launch = (program, { node, env, folder }) => {
  const child = spawn(node, ['--import', join(dirname(fileURLToPath(import.meta.url)), 'supervised.js'), program.file], {
    env: { ...env, ...program.env }, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = openLog(join(folder, `${program.name}.log`));
  child.stdout.pipe(log, { end: false });
  child.said = '';
  child.stderr.on('data', (chunk) => {
    child.said = (child.said + chunk).slice(-4000);
    log.write(chunk);
  });
  child.lines = [];
  child.on('message', (message) => child.lines.push(...(message?.lines ?? [])));
  child.ended = new Promise((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal));
    child.once('error', (error) => {
      child.said += error.message;
      resolve(1);
    });
  });
  return child;
};

/** Waits until the program listens; throws with its last words when it ends before. */
const untilReady = async (program, child, host) => {
  for (;;) {
    const ended = await Promise.race([child.ended.then((code) => ({ code })), sleep(50)]);
    if (ended) throw new Error(lastWords(program, child));
    if (await answers(program.port, host)) return sleep(20);
  }
};

const lastWords = (program, child) => {
  const lines = child.said.split('\n').map((line) => line.trim()).filter((line) => line && !/^\(|^at |Warning/.test(line));
  // A thrown error says its message after its name; what stands before that is source text.
  return lines.find((line) => /^\w*Error: /.test(line)) ?? lines.find((line) => /cannot|in use|must|error|not /.test(line)) ?? lines.at(-1) ?? `${program.name} ended without a word: see its log`;
};

const end = async (child) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopSeconds * 1000);
  await child.ended;
  clearTimeout(timer);
};

/**
 * Starts `programs` ({ name, file, port, env? }) one after the other, those of an inner list together. Answers the lines they sent (`process.send({ lines })`), a `stop` that ends
 * them in reverse order, and `lost`, which resolves with a line when one cannot be kept running.
 */
export const supervise = async (programs, options) => {
  const running = new Map();
  let stopping = false;
  let lose;
  const lost = new Promise((resolve) => (lose = resolve));
  const watch = (program, child, restarts = []) => {
    child.ended.then(async () => {
      if (stopping) return;
      const recent = restarts.filter((at) => Date.now() - at < 60_000);
      if (recent.length >= restartsPerMinute) return lose(`${program.name} keeps ending: ${lastWords(program, child)}`);
      await sleep(200 * 2 ** recent.length);
      if (stopping) return;
      const next = launch(program, options);
      running.set(program, next);
      watch(program, next, [...recent, Date.now()]);
    });
  };
  const stop = async () => {
    stopping = true;
    for (const child of [...running.values()].reverse()) await end(child);
  };
  const lines = [];
  const begin = async (program) => {
    const child = launch(program, options);
    running.set(program, child);
    await untilReady(program, child, options.host);
    lines.push(...child.lines);
    watch(program, child);
  };
  try {
    for (const group of programs) await Promise.all([group].flat().map(begin));
  } catch (error) {
    await stop();
    throw error;
  }
  return { lines, stop, lost };
};
