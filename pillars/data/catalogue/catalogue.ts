import type { ResourceMetadata } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { key, type Site } from '@zhengwu/module';
import { decide, draftRegisters } from './resources.ts';
import * as store from './store.ts';

/** One resource as other modules need it. */
export interface CataloguedResource {
  id: string;
  provider: string;
  register: string | null;
  isPublished: boolean;
  metadata: ResourceMetadata;
}

/** The catalogue of information resources 政务信息资源目录. */
export interface Catalogue {
  resource(id: string): Promise<CataloguedResource | undefined>;
  resourcesOf(register: string): Promise<CataloguedResource[]>;
  /** Publishes drafts of registers in the names of two people, for a demonstration. */
  publishRegisters(by: { steward: string; officer: string }): Promise<void>;
}

export const Catalogue = key<Catalogue>('catalogue');

const asResource = ({ id, provider, register, published, metadata }: store.Listed): CataloguedResource => ({ id, provider, register, isPublished: published !== null, metadata });

const publishDraft = async (tx: Tx, id: string, { steward, officer }: { steward: string; officer: string }): Promise<void> => {
  const resource = await store.lockResource(tx, id);
  const version = resource && (await store.selectVersion(tx, id, resource.latest));
  if (!resource || version?.state !== 'draft' || resource.published !== null) return;
  await store.writeVersion(tx, resource, false, version.metadata, null, steward);
  await store.setVersionState(tx, id, resource.latest, 'submitted', null, null);
  await decide(tx, { personId: null, name: officer }, id, { version: resource.latest, outcome: 'publish' });
};

export const openCatalogue = (site: Site): Catalogue => {
  const { database } = site;
  return {
    resource: (id) => database.as(database.system, async (tx) => {
      const [resource, versions] = [await store.selectResource(tx, id), await store.selectVersions(tx, id)];
      const version = versions.find((one) => one.version === (resource?.published ?? resource?.latest));
      return resource && version ? asResource({ ...resource, ...version }) : undefined;
    }, { readOnly: true }),
    resourcesOf: (register) => database.as(database.system, async (tx) => (await store.selectByRegister(tx, register)).map(asResource), { readOnly: true }),
    publishRegisters: async (by) => {
      await draftRegisters(site);
      await database.as(database.system, async (tx) => {
        const { items } = await store.search(tx, { q: null, kind: null, sharing: null, state: 'draft', provider: null }, 0, 1000);
        for (const { id, register } of items) if (register !== null) await publishDraft(tx, id, by);
      });
    },
  };
};
