import type { Site } from '@zhengwu/module';
import type { ServiceId } from './identifiers.ts';
import type { Right } from './rights.ts';
import type { Headers } from './wire.ts';
import * as store from './store.ts';
import type { Readable } from 'node:stream';

/** A call as a service of this site gets it. */
export interface ProvidedCall {
  /** INSTANCE/CLASS/MEMBER/SUBSYSTEM, proved by its signature. */
  client: string;
  service: ServiceId;
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  /** Number of the message in the log of both nodes. */
  id: string;
  requestId: string;
  /** The whole body; empty where there is none. */
  read(): Promise<Buffer>;
  open(): Promise<Readable>;
}

export interface ProvidedAnswer {
  status: number;
  headers?: Headers;
  body?: Buffer | string | Readable;
}

/** A service that a module of this site answers by itself. */
export interface Provided {
  openapi: Record<string, unknown>;
  /** Which subsystem offers it; every one that this node serves unless said. */
  subsystem?: string;
  handle(call: ProvidedCall): Promise<ProvidedAnswer>;
}

/** What this node serves and whom it lets in, as it stands in the database. */
export interface Registered {
  subsystems: ReadonlyMap<string, store.SubsystemRow>;
  services: ReadonlyMap<string, store.ServiceRow>;
  rights: readonly Right[];
  /** Local groups by `provider`, of each client. */
  groups: readonly store.GroupRow[];
}

export interface Registry {
  current(): Promise<Registered>;
  /** Reads anew at the next question: something was changed here. */
  changed(): void;
  provided: Map<string, Provided>;
}

/** What another process changed counts after this. */
const FRESH_MS = 2000;

export const serviceKey = (subsystem: string, code: string): string => `${subsystem} ${code}`;

export const openRegistry = ({ database }: Pick<Site, 'database'>): Registry => {
  let [held, readAt, reading]: [Registered | undefined, number, Promise<Registered> | undefined] = [undefined, 0, undefined];
  let turn = 0;
  const read = async (): Promise<Registered> => {
    const mine = turn;
    const [subsystems, services, rights, groups] = await database.as(database.system, async (tx) => [await store.subsystems(tx), await store.services(tx), await store.rights(tx), await store.groups(tx)] as const, { readOnly: true });
    const found = { subsystems: new Map(subsystems.map((one) => [one.id, one])), services: new Map(services.map((one) => [serviceKey(one.subsystem, one.code), one])), rights, groups };
    if (mine === turn) [held, readAt] = [found, Date.now()];
    return found;
  };
  return {
    provided: new Map(),
    changed: () => {
      turn += 1;
      [held, reading] = [undefined, undefined];
    },
    current: async () => {
      if (held && Date.now() - readAt < FRESH_MS) return held;
      const mine = reading ?? read();
      reading = mine;
      try {
        return await mine;
      } finally {
        if (reading === mine) reading = undefined;
      }
    },
  };
};

/** Codes of a provider's local groups that a client is in. */
export const localGroupsOf = ({ groups }: Registered, provider: string, client: string): ReadonlySet<string> =>
  new Set(groups.filter((group) => group.provider === provider && group.members.includes(client)).map(({ code }) => code));
