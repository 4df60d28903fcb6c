// The further sites of a demonstration: each a whole site with its own data folder, database, keys and ports; and the federation in which they and the government centre exchange.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { environment, giveUp, nodeBinary, root } from './project.js';
import { demoSecrets, isDemo } from './secrets.js';

/** The tax line's centres: the city's, which exchanges sideways with the government centre, and the province's above it. */
const centres = [
  { name: 'city-tax', port: 8091, variable: 'ZHENGWU_PORT_CITY_TAX', nodes: 5501, packs: ['tax'], member: 'YC-SW', memberName: '云川市税务局', shown: 'City tax 市税务  ' },
  { name: 'province-tax', port: 8092, variable: 'ZHENGWU_PORT_PROVINCE_TAX', nodes: 5502, packs: ['tax'], member: 'PR-SW', memberName: '云岭省税务局', shown: 'Province 省税务  ' },
];

/** Packs of the tax line belong to its centres. */
const cityPacks = () => readdirSync(join(root, 'packs')).filter((name) => !centres.some(({ packs }) => packs.includes(name)));

const isOff = (value) => /^(off|0|false|no)$/i.test(value ?? '');
/** Sites that speak TLS with a certificate of the operator's are no demonstration that could make its own federation. */
const hasCentres = () => isDemo() && !isOff(process.env.ZHENGWU_CENTRES) && !process.env.ZHENGWU_TLS_CERT_FILE;

const placeOf = (folder) => ({ key: join(folder, 'federation', 'key.json'), anchor: join(folder, 'federation', 'key.json.pem'), document: join(folder, 'federation', 'membership.jws') });

const nodeOf = (folder, member, memberName, port) => ({
  ZHENGWU_EXCHANGE_SERVER: `DEMO/GOV/${member}/main`, ZHENGWU_EXCHANGE_MEMBER_NAME: memberName, ZHENGWU_PORT_EXCHANGE_NODES: String(port),
  ZHENGWU_EXCHANGE_MEMBERSHIP: placeOf(folder).document, ZHENGWU_EXCHANGE_ANCHOR_FILE: placeOf(folder).anchor,
});

/** What the government centre runs in a demonstration, unless the environment says otherwise. */
export const cityEnvironment = (folder, portOf) => {
  if (!isDemo()) return {};
  const given = {
    ZHENGWU_OWN_PACKS: cityPacks().join(','),
    ...(hasCentres() ? { ...nodeOf(folder, 'YC-ZW', '云川市政务服务局', portOf('ZHENGWU_PORT_EXCHANGE_NODES', 5500)), ZHENGWU_PORT_EXCHANGE_PLAIN: String(portOf('ZHENGWU_PORT_EXCHANGE_PLAIN', 8084)) } : {}),
  };
  return Object.fromEntries(Object.entries(given).filter(([name]) => !process.env[name]));
};

/** Ports of the government centre's node, to be free before anything starts. */
export const cityPorts = (portOf) => (hasCentres() ? [
  { port: portOf('ZHENGWU_PORT_EXCHANGE_NODES', 5500), variable: 'ZHENGWU_PORT_EXCHANGE_NODES' }, { port: portOf('ZHENGWU_PORT_EXCHANGE_PLAIN', 8084), variable: 'ZHENGWU_PORT_EXCHANGE_PLAIN' },
] : []);

/** The centres as programs to supervise, none outside demo mode or where `ZHENGWU_CENTRES` is off. */
export const centrePrograms = (folder, portOf) => {
  if (!hasCentres()) return [];
  return centres.map(({ name, port, variable, nodes, packs, member, memberName, shown }) => {
    const own = join(folder, 'centres', name);
    mkdirSync(own, { recursive: true });
    const at = portOf(variable, port);
    const nodePort = portOf(`${variable}_NODES`, nodes);
    const env = {
      ZHENGWU_DATA: own, ZHENGWU_PORT_SITE: String(at), ZHENGWU_PORT_TLS: '0', ZHENGWU_PORT_LDAP: '0', ZHENGWU_SYSLOG_PORT: '0', ZHENGWU_SNMP_TRAP_PORT: '0', ZHENGWU_DATABASE_PORT: '0',
      DATABASE_URL: '', ZHENGWU_DATABASE_APP_URL: '', ZHENGWU_DATABASE_RELAY_URL: '', ZHENGWU_ORIGIN_SITE: '', ZHENGWU_ORIGIN_PKI: '', ZHENGWU_SITE_URL: '', ZHENGWU_PACKS: '',
      ZHENGWU_PORT_EXCHANGE: '0', ZHENGWU_PORT_EXCHANGE_PLAIN: '0', ZHENGWU_EXCHANGE_ADDRESS: '',
      ZHENGWU_OWN_PACKS: packs.join(','), ZHENGWU_DEMO_SITE: name, ...nodeOf(folder, member, memberName, nodePort), ...demoSecrets(own),
    };
    return { name, file: join(root, 'dist/site.js'), port: at, variable, env, shown, nodes: { port: nodePort, variable: `${variable}_NODES` } };
  });
};

const federate = (folder, args) => {
  const { status, stderr } = spawnSync(nodeBinary(), [join(root, 'dist/zhengwu.js'), 'exchange', 'membership', ...args], { env: environment({ ZHENGWU_DATA: folder, ...demoSecrets() }), encoding: 'utf8' });
  return status === 0 ? null : `the federation of the demonstration could not be made: ${stderr.trim().split('\n').at(-1) ?? ''}`;
};

/** The key of the demonstration's federation, made once. */
export const ensureFederationKey = (folder) => {
  if (!hasCentres() || existsSync(placeOf(folder).anchor)) return;
  mkdirSync(join(folder, 'federation'), { recursive: true, mode: 0o755 });
  const problem = federate(folder, ['key', placeOf(folder).key]);
  if (problem) giveUp(problem);
};

/** Takes up all nodes as they say of themselves, and signs the document for a month. Answers what went wrong; the sites serve without. */
export const joinFederation = (folder, origins) => {
  if (!hasCentres()) return null;
  const { key, document } = placeOf(folder);
  return federate(folder, ['make', '--instance', 'DEMO', '--key', key, '--out', document, '--days', '30', ...origins]);
};
