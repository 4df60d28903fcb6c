import type { Site } from '@zhengwu/module';
import type { Subscription } from '@zhengwu/events';
import { Running } from './exchange.ts';
import { nodeSettings } from './setup.ts';
import { readSubsystem, writeClient } from './identifiers.ts';
import * as store from './store.ts';

/** What the catalogue says when it grants or withdraws the use of a resource. */
interface Grant {
  resource: string;
  /** The register that the resource is made of, where it is one. */
  register: string | null;
  subject: string;
  services: string[];
  until: Date | null;
}

/** Reads the payload; undefined where it names no subsystem or services, as for what is shared by file. */
export const readGrant = (payload: Record<string, unknown>): Grant | undefined => {
  const { resource, register, member, subsystem, services, until } = payload;
  if (typeof resource !== 'string' || !Array.isArray(services)) return undefined;
  const named = typeof subsystem === 'string' ? (readSubsystem(subsystem) ?? (typeof member === 'string' ? readSubsystem(`${member}/${subsystem}`) : undefined)) : undefined;
  if (!named) return undefined;
  const end = typeof until === 'string' ? new Date(until.length === 10 ? `${until}T23:59:59.999+08:00` : until) : null;
  return { resource, register: typeof register === 'string' ? register : null, subject: writeClient(named), services: services.filter((one): one is string => typeof one === 'string'), until: end && Number.isNaN(end.getTime()) ? new Date(0) : end };
};

/** A service by its whole name, or by its code: then it is of each subsystem of this node's own member. */
const namesOf = async (site: Site, service: string): Promise<{ provider: string; service: string }[]> => {
  const parts = service.split('/');
  if (parts.length > 1) return [{ provider: parts.slice(0, -1).join('/'), service: decodeURIComponent(parts.at(-1) as string) }];
  const member = nodeSettings(site.config)?.member;
  const { subsystems } = await site.use(Running).registry.current();
  return [...subsystems.keys()].filter((id) => member !== undefined && id.startsWith(`${member}/`)).map((provider) => ({ provider, service }));
};

const sourceOf = ({ resource }: Pick<Grant, 'resource'>): string => `catalogue:${resource}`;

/** Of the service that reads registers, a grant opens the records of its own register and no others. */
const endpointOf = ({ register }: Pick<Grant, 'register'>, service: string): { method: string; path: string } => (service === 'registers' ? { method: 'GET', path: `/${register ?? ''}/*` } : { method: '*', path: '**' });

/** What the catalogue grants becomes rights of the exchange, and ends with it. */
export const followCatalogue = (site: Site): Subscription => ({
  name: 'exchange.catalogue', types: ['catalogue.granted', 'catalogue.withdrawn'],
  handle: async ({ type, payload }, tx) => {
    const grant = readGrant(payload);
    if (!grant) return;
    if (type === 'catalogue.withdrawn') await store.withdrawFrom(tx, sourceOf(grant), grant.subject, 'catalogue');
    else {
      for (const code of grant.services) {
        for (const { provider, service } of await namesOf(site, code)) {
          await store.giveRight(tx, { kind: 'subsystem', subject: grant.subject, provider, service, ...endpointOf(grant, service), until: grant.until }, sourceOf(grant), 'catalogue');
        }
      }
    }
    site.use(Running).registry.changed();
  },
});
