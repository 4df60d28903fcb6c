// Outside programs that judge our work in tests, and the Debian packages that bring them.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Program → package. `npm test` needs the first kind; the full run (ZHENGWU_TEST=full) all. */
const always = { openssl: 'openssl', curl: 'curl' };
const full = {
  ldapsearch: 'ldap-utils', slapd: 'slapd', snmpd: 'snmpd', snmpget: 'snmp', rsyslogd: 'rsyslog', clamd: 'clamav-daemon',
  'nats-server': 'nats-server', ip: 'iproute2', sqlmap: 'sqlmap', wapiti: 'wapiti', 'softhsm2-util': 'softhsm2', 'pkcs11-tool': 'opensc', mariadbd: 'mariadb-server-core',
};
const folders = ['/usr/bin', '/usr/sbin', '/bin', '/sbin', '/usr/local/bin', '/usr/local/sbin'];

/** Where a program lies; servers of Debian are in sbin, which an ordinary user's PATH leaves out. */
export const findProgram = (name) => [...(process.env.PATH ?? '').split(':'), ...folders].map((folder) => `${folder}/${name}`).find((path) => existsSync(path)) ?? null;

/** Whether this process may install Debian packages. */
export const mayInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Installs Debian packages without starting what they bring; true when all are there. */
export const aptInstall = (packages) => {
  process.stdout.write(`Installing ${packages.join(', ')} …\n`);
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' } };
  spawnSync('apt-get', ['update', '-qq'], options);
  return spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options).status === 0;
};

/** Sees that the programs of this kind of run are there; throws one line that says how to get what is missing. */
export const ensurePrograms = (isFull) => {
  const missing = Object.entries({ ...always, ...(isFull ? full : {}) }).filter(([name]) => !findProgram(name)).map(([, name]) => name);
  if (missing.length === 0 || (mayInstall() && aptInstall(missing))) return;
  throw new Error(`the tests need ${missing.join(', ')}: run "sudo apt-get install ${missing.join(' ')}"`);
};
