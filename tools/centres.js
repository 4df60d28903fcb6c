// The further sites of a demonstration: each a whole site with its own data folder, database, keys and port.
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.js';
import { demoSecrets, isDemo } from './secrets.js';

/** The tax line's centres: the city's, which exchanges sideways with the government centre, and the province's above it. */
const centres = [
  { name: 'city-tax', port: 8091, variable: 'ZHENGWU_PORT_CITY_TAX', packs: ['tax'], shown: 'City tax 市税务  ' },
  { name: 'province-tax', port: 8092, variable: 'ZHENGWU_PORT_PROVINCE_TAX', packs: ['tax'], shown: 'Province 省税务  ' },
];

/** Packs of the tax line belong to its centres. */
export const cityPacks = () => readdirSync(join(root, 'packs')).filter((name) => !centres.some(({ packs }) => packs.includes(name)));

const isOff = (value) => /^(off|0|false|no)$/i.test(value ?? '');

/** The centres as programs to supervise, none outside demo mode or where `ZHENGWU_CENTRES` is off. */
export const centrePrograms = (folder, portOf) => {
  if (!isDemo() || isOff(process.env.ZHENGWU_CENTRES)) return [];
  return centres.map(({ name, port, variable, packs, shown }) => {
    const own = join(folder, 'centres', name);
    mkdirSync(own, { recursive: true });
    const at = portOf(variable, port);
    const env = {
      ZHENGWU_DATA: own, ZHENGWU_PORT_SITE: String(at), ZHENGWU_PORT_TLS: '0', ZHENGWU_PORT_LDAP: '0', ZHENGWU_SYSLOG_PORT: '0', ZHENGWU_SNMP_TRAP_PORT: '0', ZHENGWU_DATABASE_PORT: '0',
      DATABASE_URL: '', ZHENGWU_DATABASE_APP_URL: '', ZHENGWU_DATABASE_RELAY_URL: '', ZHENGWU_ORIGIN_SITE: '', ZHENGWU_SITE_URL: '', ZHENGWU_PACKS: '',
      ZHENGWU_OWN_PACKS: packs.join(','), ZHENGWU_DEMO_SITE: name, ...demoSecrets(own),
    };
    return { name, file: join(root, 'dist/site.js'), port: at, variable, env, shown };
  });
};
