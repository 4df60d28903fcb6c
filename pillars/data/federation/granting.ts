import type { Event, Subscription } from '@zhengwu/events';
import type { Site } from '@zhengwu/module';
import { Topics, topicOf } from '@zhengwu/topics';
import type { Tx } from '@zhengwu/database';

interface Granted {
  resource: string;
  register: string | null;
  subsystem: string | null;
  personal: boolean;
  until: string | null;
}

const follow = async (site: Site, { type, payload }: Event, tx: Tx): Promise<void> => {
  const { resource, register, subsystem, personal, until } = payload as unknown as Granted;
  if (register === null || subsystem === null) return;
  const topic = topicOf(register);
  if (type === 'catalogue.withdrawn') return site.use(Topics).withdraw(tx, topic, subsystem);
  await site.use(Topics).grant(tx, { topic, follower: subsystem, personal, basis: `目录：${resource}`, until });
};

/** Who was granted a register by the catalogue may follow its changes, and no longer than that. */
export const followCatalogue = (site: Site): Subscription => ({ name: 'federation.catalogue', types: ['catalogue.granted', 'catalogue.withdrawn'], handle: (event, tx) => follow(site, event, tx) });
