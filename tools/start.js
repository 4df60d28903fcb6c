// npm start: installs and builds what is missing, runs site and portal, prints where they are.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.js';
import { centrePrograms, cityEnvironment, cityPorts, ensureFederationKey, joinFederation } from './centres.js';
import { ensureInstalled, environment, giveUp, nodeBinary, root } from './project.js';
import { demoSecrets, ensureDataFolder } from './secrets.js';
import { isPortFree, supervise } from './supervisor.js';

const host = process.env.ZHENGWU_HOST ?? '127.0.0.1';

const portOf = (name, usual) => {
  const port = Number(process.env[name] ?? usual);
  return Number.isInteger(port) && port > 0 && port < 65536 ? port : giveUp(`${name} is not a port: give a number from 1 to 65535`);
};

const checkPorts = async (programs) => {
  for (const { port, variable } of programs) {
    if (!(await isPortFree(port, host))) giveUp(`port ${port} is in use: stop what listens there, or set ${variable} to another port / 端口 ${port} 已被占用，请设置 ${variable}`);
  }
};

/** Stops everything on Ctrl-C or SIGTERM; a second one does not hurry it, nothing acknowledged may be lost. */
const stopOnSignal = (supervised) => {
  let asked = false;
  const stop = async () => {
    if (asked) return;
    asked = true;
    process.stdout.write('\nStopping … / 正在停止 …\n');
    await supervised().then(({ stop: end }) => end(), () => undefined);
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  return () => asked;
};

const main = async () => {
  ensureInstalled();
  await ensureBuilt();
  const folder = ensureDataFolder();
  const env = environment({ ZHENGWU_DATA: folder, ...demoSecrets() });
  const centres = centrePrograms(folder, portOf);
  const programs = [
    { name: 'site', file: join(root, 'dist/site.js'), port: portOf('ZHENGWU_PORT_SITE', 8081), variable: 'ZHENGWU_PORT_SITE', env: cityEnvironment(folder, portOf) },
    { name: 'portal', file: join(root, 'dist/portal.js'), port: portOf('ZHENGWU_PORT_PORTAL', 8080), variable: 'ZHENGWU_PORT_PORTAL' },
  ].filter(({ file }) => existsSync(file));
  await checkPorts([...programs, ...cityPorts(portOf), ...centres, ...centres.map(({ nodes }) => nodes)]);
  ensureFederationKey(folder);
  process.stdout.write('Starting … / 正在启动 …\n');
  const begun = supervise([...programs, centres], { node: nodeBinary(), env, folder, host });
  const isStopping = stopOnSignal(() => begun);
  const { lines, stop, lost } = await begun.catch((error) => (isStopping() ? new Promise(() => undefined) : giveUp(error.message)));
  const origins = programs.filter(({ name }) => name === 'site').concat(centres).map(({ port }) => `http://127.0.0.1:${port}`);
  const apart = joinFederation(folder, origins);
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  const scheme = process.env.ZHENGWU_TLS_CERT_FILE ? 'https' : 'http';
  process.stdout.write([
    '',
    `  Portal  门户    ${scheme}://${shown}:${portOf('ZHENGWU_PORT_PORTAL', 8080)}`,
    `  Console 工作台  ${scheme}://${shown}:${portOf('ZHENGWU_PORT_SITE', 8081)}/console/`,
    ...centres.map(({ shown: name, port }) => `  ${name}${scheme}://${shown}:${port}/console/`),
    ...(apart ? [`  ${apart}`] : []),
    ...lines.map((line) => `  ${line}`),
    `  Data    数据    ${folder}`,
    '  Stop    停止    Ctrl-C',
    '',
    '',
  ].join('\n'));
  const line = await lost;
  if (isStopping()) return;
  await stop();
  giveUp(line);
};

await main();
