import { Readable } from 'node:stream';
import { randomUUID } from 'node:crypto';
import { Fault } from './faults.ts';
import { readClient, type ClientId } from './identifiers.ts';
import type { Node } from './node.ts';
import { localGroupsOf, serviceKey, type Registered } from './registry.ts';
import { endpointsFor } from './rights.ts';
import type { Received } from './received.ts';
import type { View } from './view.ts';
import type { Headers } from './wire.ts';

/** Services that a node answers about itself (PR-MREST); every client of the federation may ask. */
const CODES = ['listMethods', 'allowedMethods', 'getOpenAPI'] as const;
export const isMetadata = (code: string): boolean => (CODES as readonly string[]).includes(code);

interface Endpoint {
  method: string;
  path: string;
}
interface Described {
  code: string;
  kind: 'OPENAPI' | 'REST';
  openapi: Record<string, unknown> | null;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Methods and paths that an OpenAPI document describes; a parameter in a path stands for one segment. */
export const endpointsIn = (openapi: Record<string, unknown> | null): Endpoint[] => {
  const paths = openapi?.['paths'];
  if (typeof paths !== 'object' || paths === null) return [];
  return Object.entries(paths).flatMap(([path, item]) => METHODS.filter((method) => typeof item === 'object' && item !== null && method in item).map((method) => ({ method: method.toUpperCase(), path: path.replace(/\{[^/}]*\}/g, '*') })));
};

const servicesOf = (node: Node, registered: Registered, provider: string): Described[] => {
  const own = [...node.registry.provided].filter(([, { subsystem }]) => subsystem === undefined || subsystem === provider).map(([code, { openapi }]) => ({ code, kind: 'OPENAPI' as const, openapi }));
  const rows = [...registered.services.values()].filter(({ subsystem, is_on: isOn }) => isOn && subsystem === provider).map(({ code, kind, openapi }) => ({ code, kind, openapi }));
  return [...own, ...rows.filter(({ code }) => !own.some((one) => one.code === code))].toSorted((a, b) => (a.code < b.code ? -1 : 1));
};

const idOf = ({ instance, memberClass, member, subsystem }: ClientId): Record<string, string> => ({ member_class: memberClass, member_code: member, ...(subsystem === null ? {} : { subsystem_code: subsystem }), xroad_instance: instance });

const listed = (call: Received, service: Described, endpoints: readonly Endpoint[]): object => ({ ...idOf(call.service), object_type: 'SERVICE', service_code: service.code, service_type: service.kind, endpoint_list: endpoints });

const json = (value: unknown): { status: number; headers: Headers; body: Readable } => ({ status: 200, headers: [['Content-Type', 'application/json;charset=utf-8']], body: Readable.from([Buffer.from(JSON.stringify(value))]) });
const bad = (message: string): Fault => new Fault('Client.BadRequest', message, randomUUID());

/** Answers `listMethods`, `allowedMethods` and `getOpenAPI?serviceCode=`. Throws `Client.BadRequest`, `Server.ServerProxy.UnknownService`. */
export const answerMetadata = (node: Node, view: View, registered: Registered, call: Received): { status: number; headers: Headers; body: Readable } => {
  if (call.method !== 'GET') throw bad(`${call.service.service} is asked by GET`);
  const services = servicesOf(node, registered, call.provider);
  if (call.service.service === 'listMethods') return json({ service: services.map((one) => listed(call, one, endpointsIn(one.openapi))) });
  if (call.service.service === 'allowedMethods') {
    const asking = { client: call.client, groups: view.groupsOf(call.client), localGroups: localGroupsOf(registered, call.provider, call.client), provider: call.provider };
    const open = services.map((one) => ({ one, endpoints: endpointsFor(registered.rights, { ...asking, service: one.code }, node.site.clock.now()) })).filter(({ endpoints }) => endpoints.length > 0);
    return json({ service: open.map(({ one, endpoints }) => listed(call, one, endpoints.some(({ method, path }) => method === '*' && path === '**') ? endpointsIn(one.openapi) : endpoints)) });
  }
  const code = new URLSearchParams(call.query).get('serviceCode');
  if (code === null) throw bad('getOpenAPI needs serviceCode in its query');
  const found = services.find((one) => one.code === code) ?? registered.services.get(serviceKey(call.provider, code));
  if (!found) throw new Fault('Server.ServerProxy.UnknownService', `there is no service ${code}`, randomUUID());
  if (found.kind !== 'OPENAPI' || found.openapi === null) throw new Fault('Server.ServerProxy.ServiceType', `the service ${code} has no OpenAPI description`, randomUUID());
  return json(found.openapi);
};

/** `GET /listClients`: members and subsystems of the federation (PR-META §2); `xRoadInstance` may name the one instance that there is. */
export const listClients = (view: View, query: URLSearchParams): object => {
  const asked = query.get('xRoadInstance') ?? view.document.instance;
  if (asked !== view.document.instance) throw bad(`this federation has no instance ${asked}`);
  const one = (text: string, name: string): object[] => {
    const id = readClient(text);
    return id ? [{ id: { ...idOf(id), object_type: id.subsystem === null ? 'MEMBER' : 'SUBSYSTEM' }, name }] : [];
  };
  return { member: view.document.members.flatMap(({ id, name, subsystems }) => [...one(id, name), ...subsystems.flatMap((subsystem) => one(subsystem, name))]) };
};
