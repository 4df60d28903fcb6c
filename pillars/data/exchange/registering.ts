import { createHash, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { BodyOf, ExchangeService, putExchangeService, putExchangeSubsystem } from '@zhengwu/contracts';
import { fail } from './errors.ts';
import { readClient, readSubsystem, writeClient } from './identifiers.ts';
import { endpointsIn } from './metadata.ts';
import type { Registered, Registry } from './registry.ts';
import type { ServiceRow, SubsystemRow } from './store.ts';

const issue = (path: string) => ({ issues: [{ path, code: 'field.pattern' }] });

/** The name of a subsystem as it is written everywhere. Throws `exchange.bad-name`. */
export const subsystemNamed = (name: string, path = '/body/id'): string => {
  const read = readSubsystem(name);
  if (!read) throw fail('exchange.bad-name', { name }, issue(path));
  return writeClient(read);
};

/** The same for a client, which may be a member without a subsystem. */
export const clientNamed = (name: string, path: string): string => {
  const read = readClient(name);
  if (!read) throw fail('exchange.bad-name', { name }, issue(path));
  return writeClient(read);
};

const fingerprintOf = (given: string, path: string): string => {
  if (/^[0-9a-f]{64}$/.test(given)) return given;
  try {
    return createHash('sha256').update(new X509Certificate(given).raw).digest('hex');
  } catch (cause) {
    throw fail('exchange.bad-certificate', {}, { ...issue(path), cause });
  }
};

const isRange = (text: string): boolean => {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  return family !== 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)));
};

/** A subsystem as it is kept. Throws `exchange.bad-name`, `exchange.bad-address`, `exchange.bad-certificate`. */
export const readSubsystemForm = ({ id, name, connection, addresses, certificates }: BodyOf<typeof putExchangeSubsystem>): Omit<SubsystemRow, 'version'> => {
  const wrong = addresses.findIndex((one) => !isRange(one));
  if (wrong >= 0) throw fail('exchange.bad-address', { address: addresses[wrong] ?? '' }, issue(`/body/addresses/${wrong}`));
  return { id: subsystemNamed(id), name, connection, addresses, certificates: certificates.map((one, at) => fingerprintOf(one, `/body/certificates/${at}`)) };
};

/** Metadata services answer to themselves; link-local addresses are where machines of clouds keep their secrets. */
const isCallable = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password, hostname, hash } = new URL(address);
  return /^https?:$/.test(protocol) && username === '' && password === '' && hash === '' && !/^(169\.254\.|\[?fe80:)/i.test(hostname);
};

/** A service as it is kept; `known` is the one on file. Throws `exchange.unknown-subsystem`, `exchange.bad-address`, `exchange.bad-openapi`, `exchange.bad-certificate`. */
export const readServiceForm = (form: BodyOf<typeof putExchangeService>, registered: Registered, known: ServiceRow | undefined): Omit<ServiceRow, 'version'> => {
  const subsystem = subsystemNamed(form.subsystem, '/body/subsystem');
  if (!registered.subsystems.has(subsystem)) throw fail('exchange.unknown-subsystem');
  if (!isCallable(form.address)) throw fail('exchange.bad-address', { address: form.address }, issue('/body/address'));
  const openapi = form.openapi === undefined ? (known?.openapi ?? null) : form.openapi;
  if (openapi !== null && !String(openapi['openapi']).startsWith('3.')) throw fail('exchange.bad-openapi', {}, issue('/body/openapi'));
  const ca = form.ca === undefined ? (known?.ca ?? null) : form.ca;
  if (ca !== null) fingerprintOf(ca, '/body/ca');
  return { subsystem, code: form.code, name: form.name, kind: openapi === null ? 'REST' : 'OPENAPI', address: form.address, openapi, timeout_seconds: form.timeoutSeconds, ca, is_on: form.isOn };
};

/** All services that this node offers, those of the site's own modules included. */
export const listServices = (registry: Registry, registered: Registered): ExchangeService[] => {
  const count = (subsystem: string, code: string): number => registered.rights.filter((right) => right.provider === subsystem && right.service === code).length;
  const own = [...registered.subsystems.keys()].flatMap((subsystem) => [...registry.provided].filter(([, one]) => one.subsystem === undefined || one.subsystem === subsystem).map(([code, { openapi }]): ExchangeService => {
    const { title } = (openapi['info'] ?? {}) as { title?: unknown };
    return { subsystem, code, name: typeof title === 'string' ? title : code, kind: 'OPENAPI', address: null, timeoutSeconds: null, isOn: true, endpoints: endpointsIn(openapi), rights: count(subsystem, code) };
  }));
  const rows = [...registered.services.values()].map((row): ExchangeService => ({ subsystem: row.subsystem, code: row.code, name: row.name, kind: row.kind, address: row.address, timeoutSeconds: row.timeout_seconds, isOn: row.is_on, endpoints: endpointsIn(row.openapi), rights: count(row.subsystem, row.code) }));
  return [...own, ...rows];
};
